package cz.digidig.storage.journal;

import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.mailbox.UidSet;
import java.util.ArrayList;
import java.util.List;

/** What changed in a mailbox after a mod-sequence (RFC 7162 §3.2.5.2): only pages that changed are looked at. */
final class ChangeReader {
    private static final int PAGES_AT_ONCE = 200;

    private final Snapshot snapshot;
    private final PageLoader loader;

    ChangeReader(Snapshot snapshot, PageLoader loader) {
        this.snapshot = snapshot;
        this.loader = loader;
    }

    MailboxChanges read(long since, long afterUid, int limit) {
        MailboxState state = snapshot.state();
        boolean resync = since > 0 && since < state.forgottenModSeq();
        long from = resync ? 0 : since;
        List<Integer> indexes = changedPages(from);
        List<MessageRow> changed = new ArrayList<>();
        UidSet.Builder vanished = new UidSet.Builder();
        boolean more = false;
        for (int start = 0; start < indexes.size() && !more; start += PAGES_AT_ONCE) {
            List<Integer> some = indexes.subList(start, Math.min(indexes.size(), start + PAGES_AT_ONCE));
            // The first answer names all that vanished; the following ones need not look below where they begin.
            List<Integer> needed = afterUid == 0
                    ? some
                    : some.stream().filter(index -> lastUid(index) > afterUid).toList();
            loader.load(snapshot, needed);
            for (int index : needed) {
                Page page = page(index);
                if (from > 0 && afterUid == 0) {
                    addVanished(page, from, vanished);
                }
                more |= addChanged(page, from, afterUid, limit, changed);
            }
        }
        if (more && from > 0 && afterUid == 0) {
            vanished = allVanished(indexes, from);
        }
        return new MailboxChanges(
                state.uidValidity(),
                state.uidNext(),
                state.highestModSeq(),
                Columns.of(changed, state.keywords()::get),
                vanished.build().toString(),
                resync,
                more);
    }

    private List<Integer> changedPages(long since) {
        List<Integer> indexes = new ArrayList<>();
        long[] modSeqs = snapshot.state().pages().modSeqs();
        for (int i = 0; i < modSeqs.length; i++) {
            if (modSeqs[i] > since) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    private long lastUid(int index) {
        return (((long) snapshot.state().pages().numbers()[index] + 1) << Page.BITS) - 1;
    }

    private Page page(int index) {
        Page page = snapshot.loaded(index);
        if (page == null) {
            throw new StaleSnapshot(snapshot.state().id());
        }
        return page;
    }

    private static void addVanished(Page page, long since, UidSet.Builder vanished) {
        long[] gone = page.gone();
        for (int i = 0; i < gone.length; i += 2) {
            if (gone[i + 1] > since) {
                vanished.add(gone[i]);
            }
        }
    }

    private UidSet.Builder allVanished(List<Integer> indexes, long since) {
        loader.load(snapshot, indexes);
        UidSet.Builder vanished = new UidSet.Builder();
        indexes.forEach(index -> addVanished(page(index), since, vanished));
        return vanished;
    }

    /** True: there are more than the limit. */
    private static boolean addChanged(Page page, long since, long afterUid, int limit, List<MessageRow> changed) {
        for (MessageRow row : page.rows()) {
            if (row.modSeq() > since && row.uid() > afterUid) {
                if (changed.size() == limit) {
                    return true;
                }
                changed.add(row);
            }
        }
        return false;
    }
}
