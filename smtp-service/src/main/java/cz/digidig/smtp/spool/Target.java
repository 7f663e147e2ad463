package cz.digidig.smtp.spool;

/** Where a recipient's mail goes, as resolved when the recipient was accepted. */
public sealed interface Target {
    /** An account of this suite. */
    record Local(String account, String email) implements Target {}

    /** An address elsewhere. */
    record Remote(String address) implements Target {}

    /** The address in text form. */
    default String text() {
        return switch (this) {
            case Local local -> local.email();
            case Remote remote -> remote.address();
        };
    }
}
