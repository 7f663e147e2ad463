package cz.digidig.storage.search;

import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxSummary;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the mailboxes that were looked at last, brought up to date by what changed since. Bounded by rows.
 * The lock is never held while the store is asked.
 */
public final class RowCache {
    private static final int MOST_CHANGES = 100_000;
    private static final int MAILBOX_WEIGHT = 100;

    private final MailboxSource source;
    private final long mostRows;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, MailboxRows> cached = new LinkedHashMap<>(16, 0.75f, true);
    private long rows;

    /**
     * Makes an empty cache.
     *
     * @param mostRows messages of all cached mailboxes together
     */
    public RowCache(MailboxSource source, long mostRows) {
        this.source = source;
        this.mostRows = mostRows;
    }

    /** A mailbox's rows as they are now. */
    public MailboxRows rows(String account, MailboxSummary mailbox) {
        MailboxRows known = get(mailbox.id());
        if (known != null
                && known.uidValidity() == mailbox.uidValidity()
                && known.modSeq() == mailbox.highestModSeq()) {
            return known;
        }
        // Older than what is known: the summary was read before another caller's; what is known is newer then.
        if (known == null || known.uidValidity() != mailbox.uidValidity()) {
            known = MailboxRows.empty(mailbox.id(), mailbox.uidValidity());
        }
        MailboxRows fresh = update(account, mailbox.id(), known);
        put(mailbox.id(), fresh);
        return fresh;
    }

    private MailboxRows update(String account, String mailbox, MailboxRows known) {
        MailboxRows fresh = known;
        long since = known.modSeq();
        long afterUid = 0;
        while (true) {
            MailboxChanges changes = source.changes(account, mailbox, since, afterUid, MOST_CHANGES);
            boolean unusable = changes.resync() || changes.uidValidity() != fresh.uidValidity();
            if (unusable && afterUid == 0) {
                fresh = MailboxRows.empty(mailbox, changes.uidValidity());
            }
            fresh = fresh.with(changes);
            long[] uids = changes.changed().uid();
            if (!changes.more() || uids.length == 0) {
                return fresh;
            }
            afterUid = uids[uids.length - 1];
        }
    }

    private @Nullable MailboxRows get(String mailbox) {
        lock.lock();
        try {
            return cached.get(mailbox);
        } finally {
            lock.unlock();
        }
    }

    private void put(String mailbox, MailboxRows fresh) {
        lock.lock();
        try {
            MailboxRows before = cached.get(mailbox);
            if (before != null && before.uidValidity() == fresh.uidValidity() && before.modSeq() > fresh.modSeq()) {
                return;
            }
            rows += fresh.size() + MAILBOX_WEIGHT - (before == null ? 0 : before.size() + MAILBOX_WEIGHT);
            cached.put(mailbox, fresh);
            Iterator<Map.Entry<String, MailboxRows>> oldest = cached.entrySet().iterator();
            while (rows > mostRows && oldest.hasNext()) {
                rows -= oldest.next().getValue().size() + MAILBOX_WEIGHT;
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }
}
