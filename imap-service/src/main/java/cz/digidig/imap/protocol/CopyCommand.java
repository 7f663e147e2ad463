package cz.digidig.imap.protocol;

/**
 * COPY and UID COPY (RFC 9051 §6.4.7; RFC 4315 §3).
 *
 * @param by what the set holds
 * @param messages which
 * @param mailbox where to
 */
public record CopyCommand(MessageRef by, SequenceSet messages, MailboxName mailbox) implements ImapCommand {
    static CopyCommand parse(CommandReader in, MessageRef by) {
        in.space();
        SequenceSet messages = in.sequenceSet();
        in.space();
        return new CopyCommand(by, messages, in.mailbox());
    }

    @Override
    public String name() {
        return by.prefixed("COPY");
    }

    @Override
    public Phase allowedIn() {
        return Phase.SELECTED;
    }
}
