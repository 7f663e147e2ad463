package cz.digidig.storage.index;

import cz.digidig.storage.journal.MailboxChanged;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** The mailboxes that changed since they were looked at. Bounded: beyond, all mailboxes are to be looked at. */
@Component
public final class ChangedMailboxes implements MailboxChanged {
    private static final int MOST = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Mark> marks = new LinkedHashMap<>();
    private boolean lost;
    private long commits;

    /**
     * A mailbox that changed.
     *
     * @param account its owner
     * @param mailbox its id
     * @param since nanoseconds of {@link System#nanoTime} when the first change was heard of
     */
    record Mark(String account, String mailbox, long since) {}

    @Override
    public void changed(String account, String mailbox, long modSeq) {
        lock.lock();
        try {
            commits++;
            mark(new Mark(account, mailbox, System.nanoTime()));
        } finally {
            lock.unlock();
        }
    }

    /** Has a mailbox looked at, though nothing was heard of it. */
    void add(String account, String mailbox) {
        lock.lock();
        try {
            mark(new Mark(account, mailbox, System.nanoTime()));
        } finally {
            lock.unlock();
        }
    }

    /** Has a mailbox that was taken looked at further, after those that are marked now. */
    void addAgain(Mark mark) {
        lock.lock();
        try {
            mark(mark);
        } finally {
            lock.unlock();
        }
    }

    private void mark(Mark mark) {
        if (marks.size() < MOST) {
            marks.putIfAbsent(mark.mailbox(), mark);
        } else {
            lost |= !marks.containsKey(mark.mailbox());
        }
    }

    /**
     * Takes those that were heard of first.
     *
     * @param before only those that were heard of before this
     */
    List<Mark> take(int most, long before) {
        List<Mark> taken = new ArrayList<>();
        lock.lock();
        try {
            Iterator<Map.Entry<String, Mark>> oldest = marks.entrySet().iterator();
            while (oldest.hasNext() && taken.size() < most) {
                Mark mark = oldest.next().getValue();
                if (mark.since() - before > 0) {
                    break;
                }
                taken.add(mark);
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
        return taken;
    }

    /** Whether some could not be kept since this was asked last. */
    boolean takeLost() {
        lock.lock();
        try {
            boolean were = lost;
            lost = false;
            return were;
        } finally {
            lock.unlock();
        }
    }

    /** Commits that were heard of, ever. */
    long commits() {
        lock.lock();
        try {
            return commits;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return marks.size();
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds since the first of them was heard of; 0: there is none. */
    long oldest() {
        lock.lock();
        try {
            return marks.isEmpty()
                    ? 0
                    : System.nanoTime() - marks.firstEntry().getValue().since();
        } finally {
            lock.unlock();
        }
    }
}
