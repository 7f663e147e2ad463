package cz.digidig.imap.command;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.MailboxSnapshot;
import cz.digidig.imap.mailbox.MailboxView;
import cz.digidig.imap.mailbox.MessageCache;
import cz.digidig.imap.mailbox.Rendered;
import cz.digidig.imap.protocol.FetchCommand;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.StoreCommand;
import cz.digidig.imap.session.Extension;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * FETCH and UID FETCH (RFC 9051 §6.4.5, RFC 7162 §3.1.4). What the snapshot does not tell is read for many messages at once,
 * and the next ones too when a client walks from message to message.
 */
final class FetchHandler {
    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_BODIES = 64;
    private static final long MOST_BODY_OCTETS = 4L * 1024 * 1024;
    private static final int AHEAD = 32;
    /** Of messages up to this size the whole is read where the header alone is wanted. */
    private static final int SMALL = 16 * 1024;

    private static final int LEAST_HEAD = 8 * 1024;
    private static final int MOST_HEAD = 64 * 1024;

    private final MessageCache cache;

    FetchHandler(MessageCache cache) {
        this.cache = cache;
    }

    Completion handle(Session session, FetchCommand command) throws IOException {
        SessionState.Selected selected = session.selected();
        MailboxView view = selected.view();
        FetchPlan plan = FetchPlan.of(command);
        if (plan.modSeq()) {
            session.enable(Extension.CONDSTORE);
        }
        int[] indexes = view.indexes(view.uids(command.by(), command.messages()));
        Long changedSince = command.changedSince();
        if (changedSince != null) {
            MailboxSnapshot.Row row = view.messages().row();
            indexes = Arrays.stream(indexes)
                    .filter(index -> row.moveTo(index).modSeq() > changedSince)
                    .toArray();
        }
        UidSet seen = plan.marksSeen() && !selected.readOnly() ? markSeen(view, indexes) : UidSet.EMPTY;
        boolean complete = write(session, plan, indexes, seen);
        return complete
                ? Completion.ok("Fetched")
                : Completion.no(ResponseCode.Plain.EXPUNGEISSUED, "Some messages are gone");
    }

    /** Sets the flag on all messages that lack it; the UIDs of those. */
    private static UidSet markSeen(MailboxView view, int[] indexes) {
        UidSet.Builder unseen = new UidSet.Builder();
        MailboxSnapshot.Row row = view.messages().row();
        for (int index : indexes) {
            if (!MessageFlag.SEEN.in(row.moveTo(index).flags())) {
                unseen.add(row.uid());
            }
        }
        UidSet uids = unseen.build();
        if (uids.isEmpty()) {
            return uids;
        }
        MailStore.Flagged flagged =
                view.shared().storeFlags(uids, StoreCommand.Mode.ADD, List.of(MessageFlag.SEEN.imapName()), null);
        view.told(flagged.changed());
        return UidSet.of(flagged.changed().uid());
    }

    private boolean write(Session session, FetchPlan plan, int[] indexes, UidSet seen) throws IOException {
        MailboxView view = session.selected().view();
        MailboxSnapshot.Row row = view.messages().row();
        FetchWriter writer = new FetchWriter(session.writer(), plan, cache, session.isEnabled(Extension.CONDSTORE));
        boolean complete = true;
        int next = 0;
        while (next < indexes.length) {
            int end = plan.octets() == FetchPlan.Octets.WHOLE
                    ? endOfBodies(row, indexes, next)
                    : Math.min(next + MOST_AT_ONCE, indexes.length);
            Map<String, Rendered> rendered = rendered(plan, row, indexes, next, end);
            Map<String, byte[]> octets = octets(view, plan, row, indexes, next, end, rendered);
            for (int i = next; i < end; i++) {
                row.moveTo(indexes[i]);
                complete &= writer.write(row, rendered, octets, seen.contains(row.uid()));
            }
            next = end;
        }
        return complete;
    }

    private static int endOfBodies(MailboxSnapshot.Row row, int[] indexes, int from) {
        long total = 0;
        int end = from;
        while (end < indexes.length && end - from < MOST_BODIES && (end == from || total < MOST_BODY_OCTETS)) {
            total += row.moveTo(indexes[end]).size();
            end++;
        }
        return end;
    }

    private Map<String, Rendered> rendered(FetchPlan plan, MailboxSnapshot.Row row, int[] indexes, int from, int to) {
        if (!plan.rendered()) {
            return Map.of();
        }
        List<String> ids = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            ids.add(row.moveTo(indexes[i]).id());
        }
        return cache.rendered(ids);
    }

    private Map<String, byte[]> octets(
            MailboxView view,
            FetchPlan plan,
            MailboxSnapshot.Row row,
            int[] indexes,
            int from,
            int to,
            Map<String, Rendered> rendered) {
        return switch (plan.octets()) {
            case NONE -> Map.of();
            case WHOLE -> whole(view, row, indexes, from, to);
            case HEAD -> heads(row, indexes, from, to, rendered);
        };
    }

    private Map<String, byte[]> whole(MailboxView view, MailboxSnapshot.Row row, int[] indexes, int from, int to) {
        List<String> ids = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            if (row.moveTo(indexes[i]).size() <= MessageCache.LARGEST_KEPT) {
                ids.add(row.id());
            }
        }
        if (indexes.length == 1
                && view.walks(indexes[0])
                && !ids.isEmpty()
                && cache.rawIfKept(ids.getFirst()) == null) {
            long total = 0;
            int last = Math.min(indexes[0] + AHEAD, view.messages().size() - 1);
            for (int index = indexes[0] + 1; index <= last && total < MOST_BODY_OCTETS / 2; index++) {
                long size = row.moveTo(index).size();
                if (size <= MessageCache.LARGEST_KEPT) {
                    total += size;
                    ids.add(row.id());
                }
            }
        }
        return cache.raw(ids);
    }

    private Map<String, byte[]> heads(
            MailboxSnapshot.Row row, int[] indexes, int from, int to, Map<String, Rendered> rendered) {
        List<String> small = new ArrayList<>();
        List<String> others = new ArrayList<>();
        long longest = LEAST_HEAD;
        for (int i = from; i < to; i++) {
            String id = row.moveTo(indexes[i]).id();
            Rendered message = rendered.get(id);
            if (row.size() <= SMALL) {
                small.add(id);
            } else if (message != null && message.layout().body() <= MOST_HEAD) {
                longest = Math.max(longest, message.layout().body());
                others.add(id);
            }
        }
        Map<String, byte[]> octets = new HashMap<>(cache.raw(small));
        octets.putAll(cache.heads(others, (int) longest));
        return octets;
    }
}
