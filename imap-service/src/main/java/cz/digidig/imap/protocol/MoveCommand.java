package cz.digidig.imap.protocol;

/**
 * MOVE and UID MOVE (RFC 9051 §6.4.8, RFC 6851; RFC 4315 §3).
 *
 * @param by what the set holds
 * @param messages which
 * @param mailbox where to
 */
public record MoveCommand(MessageRef by, SequenceSet messages, MailboxName mailbox) implements ImapCommand {
    static MoveCommand parse(CommandReader in, MessageRef by) {
        in.space();
        SequenceSet messages = in.sequenceSet();
        in.space();
        return new MoveCommand(by, messages, in.mailbox());
    }

    @Override
    public String name() {
        return by.prefixed("MOVE");
    }

    @Override
    public Phase allowedIn() {
        return Phase.SELECTED;
    }
}
