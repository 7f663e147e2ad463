package cz.digidig.imap.protocol;

/**
 * SELECT and EXAMINE (RFC 9051 §6.3.2, §6.3.3), with the CONDSTORE parameter (RFC 7162 §3.1.8).
 *
 * @param mailbox which
 * @param access SELECT or EXAMINE
 * @param condstore from now on mod-sequences are reported
 */
public record SelectCommand(MailboxName mailbox, Access access, boolean condstore) implements ImapCommand {
    /** What the client wants to do with the mailbox. */
    public enum Access {
        READ_WRITE,
        READ_ONLY
    }

    static SelectCommand parse(CommandReader in, Access access) {
        in.space();
        MailboxName mailbox = in.mailbox();
        boolean condstore = false;
        if (in.acceptSpace() && in.accept('(')) {
            do {
                if (!in.keyword().equals("CONDSTORE")) {
                    throw in.bad("Unknown parameter of SELECT");
                }
                condstore = true;
            } while (in.acceptSpace());
            in.expect(')');
        }
        return new SelectCommand(mailbox, access, condstore);
    }

    @Override
    public String name() {
        return access == Access.READ_ONLY ? "EXAMINE" : "SELECT";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
