package cz.digidig.imap.mailbox;

import cz.digidig.common.mailbox.UidSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of a mailbox, shared by the sessions that have it selected, and what is known of its age. One session
 * at a time asks storage; the others wait for its answer.
 */
public final class SharedMailbox {
    private final String account;
    private final String id;
    private final MailStore store;
    private final ChangeFeed feed;
    private final ReentrantLock loading = new ReentrantLock();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong doubts = new AtomicLong(1);
    private volatile long settled;
    private volatile @Nullable MailboxSnapshot snapshot;
    /** How many sessions use it; guarded by the cache's lock. */
    int users;

    SharedMailbox(String account, String id, MailStore store, ChangeFeed feed) {
        this.account = account;
        this.id = id;
        this.store = store;
        this.feed = feed;
    }

    public String id() {
        return id;
    }

    long octets() {
        MailboxSnapshot now = snapshot;
        return now == null ? 0 : now.octets();
    }

    /** The snapshot, if it is known to be up to date. */
    @Nullable
    MailboxSnapshot ifFresh() {
        MailboxSnapshot now = snapshot;
        return now != null && isFresh(now) ? now : null;
    }

    private boolean isFresh(MailboxSnapshot now) {
        return feed.healthy() && settled == doubts.get() && now.highestModSeq() >= heard.get();
    }

    /**
     * The mailbox as it is now; asks storage only where that is not known.
     *
     * @throws MailStore.MailboxGone it was deleted
     */
    public MailboxSnapshot current() {
        MailboxSnapshot now = ifFresh();
        if (now != null) {
            return now;
        }
        long asked = doubts.get();
        loading.lock();
        try {
            now = snapshot;
            // While the feed is interrupted, what another session loaded after we began to wait is new enough.
            if (now != null && (isFresh(now) || (settled > asked && !feed.healthy()))) {
                return now;
            }
            return load(now);
        } finally {
            loading.unlock();
        }
    }

    private MailboxSnapshot load(@Nullable MailboxSnapshot base) {
        long doubt = feed.healthy() ? doubts.get() : doubts.incrementAndGet();
        long since = base == null ? 0 : base.highestModSeq();
        MailStore.Changes changes = store.changes(account, id, since, 0);
        MailboxSnapshot start = base == null || changes.resync() || changes.uidValidity() != base.uidValidity()
                ? MailboxSnapshot.empty(changes.uidValidity(), changes.uidNext(), 0)
                : base;
        if (start != base && since != 0 && !changes.resync()) {
            changes = store.changes(account, id, 0, 0);
        }
        MailboxSnapshot loaded =
                start.with(changes.changed(), changes.vanished(), changes.uidNext(), start.highestModSeq());
        while (changes.more() && changes.changed().count() > 0) {
            long after = changes.changed().uid()[changes.changed().count() - 1];
            changes = store.changes(account, id, changes.resync() ? 0 : start.highestModSeq(), after);
            loaded = loaded.with(changes.changed(), changes.vanished(), changes.uidNext(), start.highestModSeq());
        }
        loaded = loaded.with(Rows.NONE, UidSet.EMPTY, changes.uidNext(), changes.highestModSeq());
        snapshot = loaded;
        settled = doubt;
        return loaded;
    }

    /** A mod-sequence in the mailbox is this high; tells the listeners if that is news. */
    void heard(long modSeq) {
        if (modSeq == 0) {
            doubts.incrementAndGet();
        } else {
            heard.accumulateAndGet(modSeq, Math::max);
        }
        MailboxSnapshot now = snapshot;
        if (now == null || modSeq == 0 || now.highestModSeq() < modSeq) {
            notifyListeners();
        }
    }

    /** What is known may be out of date. */
    void doubt() {
        doubts.incrementAndGet();
        notifyListeners();
    }

    private void notifyListeners() {
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    /** To be run, on any thread and without blocking, when there may be changes. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    public void unlisten(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * A change that this process made and storage has answered. Where nothing else happened since the snapshot, which the
     * mod-sequences tell, it becomes part of it without asking.
     *
     * @param own the change's mod-sequence; 0: nothing was changed
     * @param highest the mailbox's highest mod-sequence after it
     * @param changed its messages
     * @param removed UIDs that are gone
     */
    private void applied(long own, long highest, Rows changed, UidSet removed) {
        loading.lock();
        try {
            MailboxSnapshot now = snapshot;
            if (now != null && own == now.highestModSeq() + 1) {
                long last = changed.count() == 0 ? 0 : changed.uid()[changed.count() - 1];
                snapshot = now.with(changed, removed, Math.max(now.uidNext(), last + 1), own);
            }
        } finally {
            loading.unlock();
        }
        heard.accumulateAndGet(highest, Math::max);
        if (own != 0) {
            notifyListeners();
        }
    }

    // Calls to storage whose answers are applied at once

    public MailStore.Flagged storeFlags(
            UidSet uids,
            cz.digidig.imap.protocol.StoreCommand.Mode mode,
            List<String> flags,
            @Nullable Long unchangedSince) {
        MailStore.Flagged flagged = store.storeFlags(account, id, uids, mode, flags, unchangedSince);
        applied(flagged.modSeq(), flagged.highestModSeq(), flagged.changed(), UidSet.EMPTY);
        return flagged;
    }

    public MailStore.Expunged expunge(@Nullable UidSet uids) {
        MailStore.Expunged expunged = store.expunge(account, id, uids);
        applied(
                expunged.uids().isEmpty() ? 0 : expunged.highestModSeq(),
                expunged.highestModSeq(),
                Rows.NONE,
                expunged.uids());
        return expunged;
    }

    public MailStore.Copied copy(UidSet uids, String target) {
        return store.copy(account, id, uids, target);
    }

    public MailStore.Copied move(UidSet uids, String target) {
        MailStore.Copied moved = store.move(account, id, uids, target);
        long[] gone = moved.source().clone();
        Arrays.sort(gone);
        applied(gone.length == 0 ? 0 : moved.sourceModSeq(), moved.sourceModSeq(), Rows.NONE, UidSet.of(gone));
        return moved;
    }

    public UidSet search(cz.digidig.imap.protocol.SearchKey key) {
        return store.search(account, id, key);
    }

    /** A message that this process appended. */
    void appended(MailStore.Appended message, int flags, List<String> keywords, long size, long internalDate) {
        Map<Long, List<String>> words = new HashMap<>();
        if (!keywords.isEmpty()) {
            words.put(message.uid(), keywords);
        }
        Rows row = new Rows(
                new long[] {message.uid()},
                new String[] {message.id()},
                new long[] {message.modSeq()},
                new int[] {flags},
                new long[] {size},
                new long[] {internalDate},
                words);
        applied(message.modSeq(), message.modSeq(), row, UidSet.EMPTY);
    }
}
