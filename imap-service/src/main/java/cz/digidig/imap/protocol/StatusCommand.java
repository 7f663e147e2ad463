package cz.digidig.imap.protocol;

import java.util.Set;

/**
 * STATUS (RFC 9051 §6.3.11).
 *
 * @param mailbox which
 * @param items what to tell
 */
public record StatusCommand(MailboxName mailbox, Set<StatusItem> items) implements ImapCommand {
    static StatusCommand parse(CommandReader in) {
        in.space();
        MailboxName mailbox = in.mailbox();
        in.space();
        return new StatusCommand(mailbox, StatusItem.parseList(in));
    }

    @Override
    public String name() {
        return "STATUS";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
