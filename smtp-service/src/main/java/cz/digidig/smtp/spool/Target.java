package cz.digidig.smtp.spool;

/** Where a recipient's mail goes, as resolved when the recipient was accepted. */
public sealed interface Target {
    /** An account of this suite. */
    record Local(String account, String email) implements Target {}

    /**
     * The sender's own copy, for the Sent mailbox.
     *
     * @param head octets of the header that only this copy has: the Bcc field, or nothing
     */
    record Sent(String account, String email, String head) implements Target {}

    /** An address elsewhere. */
    record Remote(String address) implements Target {}

    /** Whether other servers are to take it. */
    default boolean elsewhere() {
        return switch (this) {
            case Local _, Sent _ -> false;
            case Remote _ -> true;
        };
    }

    /** The address in text form. */
    default String text() {
        return switch (this) {
            case Local local -> local.email();
            case Sent sent -> sent.email();
            case Remote remote -> remote.address();
        };
    }
}
