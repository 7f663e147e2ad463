package cz.digidig.imap.mailbox;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The shared mailboxes: those that sessions have selected, and lately used ones up to a size, so that selecting again needs
 * the changes only.
 */
public final class MailboxSnapshotCache implements ChangeFeed.Listener {
    private final MailStore store;
    private final ChangeFeed feed;
    private final long mostResting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SharedMailbox> inUse = new HashMap<>();
    private final LinkedHashMap<String, SharedMailbox> resting = new LinkedHashMap<>();
    private long restingOctets;
    private final Map<String, Long> restingSizes = new HashMap<>();

    /** @param mostResting octets of snapshots that no session has selected */
    public MailboxSnapshotCache(MailStore store, ChangeFeed feed, long mostResting) {
        this.store = store;
        this.feed = feed;
        this.mostResting = mostResting;
        feed.listen(this);
    }

    /** A mailbox for a session, which gives it back by {@link #release}. */
    public SharedMailbox acquire(String account, String mailbox) {
        lock.lock();
        try {
            SharedMailbox shared = inUse.get(mailbox);
            if (shared == null) {
                shared = resting.remove(mailbox);
                Long octets = restingSizes.remove(mailbox);
                restingOctets -= octets == null ? 0 : octets;
                if (shared == null) {
                    shared = new SharedMailbox(account, mailbox, store, feed);
                }
                inUse.put(mailbox, shared);
            }
            shared.users++;
            return shared;
        } finally {
            lock.unlock();
        }
    }

    public void release(SharedMailbox shared) {
        lock.lock();
        try {
            if (--shared.users > 0) {
                return;
            }
            inUse.remove(shared.id());
            long octets = shared.octets();
            resting.put(shared.id(), shared);
            restingSizes.put(shared.id(), octets);
            restingOctets += octets;
            Iterator<SharedMailbox> oldest = resting.values().iterator();
            while (restingOctets > mostResting && oldest.hasNext()) {
                SharedMailbox dropped = oldest.next();
                oldest.remove();
                Long freed = restingSizes.remove(dropped.id());
                restingOctets -= freed == null ? 0 : freed;
            }
        } finally {
            lock.unlock();
        }
    }

    /** A mailbox's snapshot where it is here and up to date. */
    public @Nullable MailboxSnapshot ifFresh(String mailbox) {
        SharedMailbox shared = find(mailbox);
        return shared == null ? null : shared.ifFresh();
    }

    private @Nullable SharedMailbox find(String mailbox) {
        lock.lock();
        try {
            SharedMailbox shared = inUse.get(mailbox);
            return shared == null ? resting.get(mailbox) : shared;
        } finally {
            lock.unlock();
        }
    }

    /** A message that this process appended to a mailbox. */
    public void appended(
            String mailbox,
            MailStore.Appended message,
            int flags,
            List<String> keywords,
            long size,
            long internalDate) {
        SharedMailbox shared = find(mailbox);
        if (shared != null) {
            shared.appended(message, flags, keywords, size, internalDate);
        }
    }

    /** A mailbox that this process changed in a way that the answer does not tell in full. */
    public void doubt(String mailbox) {
        SharedMailbox shared = find(mailbox);
        if (shared != null) {
            shared.doubt();
        }
    }

    @Override
    public void mailboxChanged(String account, String mailbox, long modSeq) {
        SharedMailbox shared = find(mailbox);
        if (shared != null) {
            shared.heard(modSeq);
        }
    }

    @Override
    public void mailboxesChanged(String account) {
        // Names and subscriptions are not kept here.
    }

    @Override
    public void everythingInDoubt() {
        List<SharedMailbox> all;
        lock.lock();
        try {
            all = new java.util.ArrayList<>(inUse.values());
            all.addAll(resting.values());
        } finally {
            lock.unlock();
        }
        all.forEach(SharedMailbox::doubt);
    }
}
