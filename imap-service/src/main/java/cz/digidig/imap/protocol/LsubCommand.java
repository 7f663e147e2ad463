package cz.digidig.imap.protocol;

/**
 * LSUB (RFC 3501 §6.3.9), of IMAP4rev1 only.
 *
 * @param reference put in front of the pattern
 * @param pattern with {@code %} and {@code *}
 */
public record LsubCommand(MailboxName reference, MailboxName pattern) implements ImapCommand {
    static LsubCommand parse(CommandReader in) {
        in.space();
        MailboxName reference = in.mailbox();
        in.space();
        return new LsubCommand(reference, in.pattern());
    }

    @Override
    public String name() {
        return "LSUB";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
