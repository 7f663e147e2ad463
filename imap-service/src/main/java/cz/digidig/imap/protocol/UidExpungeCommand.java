package cz.digidig.imap.protocol;

/**
 * UID EXPUNGE (RFC 9051 §6.4.9, RFC 4315 §2.1).
 *
 * @param messages UIDs
 */
public record UidExpungeCommand(SequenceSet messages) implements ImapCommand {
    static UidExpungeCommand parse(CommandReader in) {
        in.space();
        return new UidExpungeCommand(in.sequenceSet());
    }

    @Override
    public String name() {
        return "UID EXPUNGE";
    }

    @Override
    public Phase allowedIn() {
        return Phase.SELECTED;
    }
}
