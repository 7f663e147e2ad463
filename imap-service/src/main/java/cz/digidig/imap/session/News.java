package cz.digidig.imap.session;

import cz.digidig.imap.session.ClientLink.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The queue that an idle session waits on. A change of the mailbox is kept once, however often it is announced. */
public final class News {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final ArrayDeque<Event> lines = new ArrayDeque<>(2);
    private boolean changed;

    /** Puts in; never blocks. */
    public void add(Event event) {
        lock.lock();
        try {
            if (event instanceof Event.MailboxChanged) {
                changed = true;
            } else {
                lines.add(event);
            }
            some.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next event; null: none came in time. */
    public @Nullable Event await(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (lines.isEmpty() && !changed) {
                if (left <= 0) {
                    return null;
                }
                left = some.awaitNanos(left);
            }
            if (changed) {
                changed = false;
                return new Event.MailboxChanged();
            }
            return lines.poll();
        } finally {
            lock.unlock();
        }
    }
}
