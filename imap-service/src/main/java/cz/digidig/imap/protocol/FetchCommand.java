package cz.digidig.imap.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * FETCH and UID FETCH (RFC 9051 §6.4.5), with CHANGEDSINCE (RFC 7162 §3.1.4).
 *
 * @param by what the set holds
 * @param messages which
 * @param items what to tell, each once
 * @param changedSince only messages with a higher mod-sequence; null: all
 */
public record FetchCommand(
        MessageRef by,
        SequenceSet messages,
        List<FetchItem> items,
        @Nullable Long changedSince) implements ImapCommand {

    static FetchCommand parse(CommandReader in, MessageRef by) {
        in.space();
        SequenceSet messages = in.sequenceSet();
        in.space();
        List<FetchItem> items = FetchItem.parseItems(in);
        Long changedSince = null;
        if (in.acceptSpace() && in.accept('(')) {
            if (!in.keyword().equals("CHANGEDSINCE")) {
                throw in.bad("Unknown modifier of FETCH");
            }
            in.space();
            changedSince = in.number64();
            in.expect(')');
        }
        return new FetchCommand(by, messages, items, changedSince);
    }

    @Override
    public String name() {
        return by.prefixed("FETCH");
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
