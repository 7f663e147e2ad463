package cz.digidig.imap.protocol;

/**
 * RENAME (RFC 9051 §6.3.6).
 *
 * @param from the present name
 * @param to the new one
 */
public record RenameCommand(MailboxName from, MailboxName to) implements ImapCommand {
    static RenameCommand parse(CommandReader in) {
        in.space();
        MailboxName from = in.mailbox();
        in.space();
        return new RenameCommand(from, in.mailbox());
    }

    @Override
    public String name() {
        return "RENAME";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
