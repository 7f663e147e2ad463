package cz.digidig.imap.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * STORE and UID STORE (RFC 9051 §6.4.6), with UNCHANGEDSINCE (RFC 7162 §3.1.3).
 *
 * @param by what the set holds
 * @param messages which
 * @param mode what to do with the flags
 * @param answer whether the new flags are to be told
 * @param flags IMAP names
 * @param unchangedSince only messages with no higher mod-sequence; null: all
 */
public record StoreCommand(
        MessageRef by,
        SequenceSet messages,
        Mode mode,
        Answer answer,
        List<String> flags,
        @Nullable Long unchangedSince)
        implements ImapCommand {
    /** {@code +FLAGS}, {@code -FLAGS}, {@code FLAGS}. */
    public enum Mode {
        ADD,
        REMOVE,
        REPLACE
    }

    /** Plain, or {@code .SILENT}. */
    public enum Answer {
        FLAGS,
        SILENT
    }

    static StoreCommand parse(CommandReader in, MessageRef by) {
        in.space();
        SequenceSet messages = in.sequenceSet();
        in.space();
        Long unchangedSince = null;
        if (in.accept('(')) {
            if (!in.keyword().equals("UNCHANGEDSINCE")) {
                throw in.bad("Unknown modifier of STORE");
            }
            in.space();
            unchangedSince = in.number64();
            in.expect(')');
            in.space();
        }
        Mode mode = in.accept('+') ? Mode.ADD : in.accept('-') ? Mode.REMOVE : Mode.REPLACE;
        Answer answer =
                switch (in.keyword()) {
                    case "FLAGS" -> Answer.FLAGS;
                    case "FLAGS.SILENT" -> Answer.SILENT;
                    default -> throw in.bad("Expected FLAGS");
                };
        in.space();
        return new StoreCommand(by, messages, mode, answer, Flags.parse(in), unchangedSince);
    }

    @Override
    public String name() {
        return by.prefixed("STORE");
    }

    @Override
    public Phase allowedIn() {
        return Phase.SELECTED;
    }

    @Override
    public boolean mayReportExpunge() {
        return by == MessageRef.UID;
    }
}
