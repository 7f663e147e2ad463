package cz.digidig.imap.protocol;

/**
 * DELETE (RFC 9051 §6.3.5).
 *
 * @param mailbox which
 */
public record DeleteCommand(MailboxName mailbox) implements ImapCommand {
    static DeleteCommand parse(CommandReader in) {
        in.space();
        return new DeleteCommand(in.mailbox());
    }

    @Override
    public String name() {
        return "DELETE";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
