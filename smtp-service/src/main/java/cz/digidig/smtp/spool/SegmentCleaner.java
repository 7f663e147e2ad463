package cz.digidig.smtp.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the oldest segment when nothing in it lives. When less than half of what the sealed segments hold lives, the
 * oldest one's messages are written again at the head, so that few that stay long never pin many that are gone.
 */
final class SegmentCleaner {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentCleaner.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);

    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final int MOST_AT_ONCE = 64;

    private final Spool spool;
    private final SpoolSettings settings;
    private final Deque<Segment> sealed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stopping;
    private boolean looking;
    private @Nullable Thread thread;

    SegmentCleaner(Spool spool, SpoolSettings settings, List<Segment> found) {
        this.spool = spool;
        this.settings = settings;
        this.sealed = new ArrayDeque<>(found);
        this.looking = true;
    }

    void start() {
        thread = Thread.ofPlatform().name("spool-cleaner").daemon().start(this::run);
    }

    void sealed(Segment segment) {
        lock.lock();
        try {
            sealed.addLast(segment);
            looking = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A message has ended: there may be something to do. */
    void look() {
        lock.lock();
        try {
            if (!sealed.isEmpty()) {
                looking = true;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        Thread running = thread;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void closeAll() {
        lock.lock();
        try {
            for (Segment segment : sealed) {
                segment.close();
            }
        } catch (IOException failed) {
            LOG.atWarn().setCause(failed).log("a segment of the spool can't be closed");
        } finally {
            lock.unlock();
        }
    }

    long octets() {
        lock.lock();
        try {
            return sealed.stream().mapToLong(Segment::length).sum();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (awaitWork()) {
                try {
                    clean();
                } catch (IOException failed) {
                    LOG.atWarn().setCause(failed).log("the spool can't be cleaned; trying again later");
                    pause();
                }
            }
        } catch (InterruptedException _) {
            LOG.warn("the spool's cleaner was interrupted");
        }
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (!stopping && !looking) {
                changed.await();
            }
            looking = false;
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long left = AFTER_TROUBLE.toNanos();
            while (!stopping && left > 0) {
                left = changed.awaitNanos(left);
            }
            looking = true;
        } finally {
            lock.unlock();
        }
    }

    private void clean() throws IOException {
        Segment oldest = oldest();
        while (oldest != null && !isStopping()) {
            if (oldest.live() == 0) {
                delete(oldest);
            } else if (mostlyFinished()) {
                rewrite(oldest);
            } else {
                return;
            }
            oldest = oldest();
        }
    }

    private @Nullable Segment oldest() {
        lock.lock();
        try {
            return sealed.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private boolean mostlyFinished() {
        lock.lock();
        try {
            long all = 0;
            long living = 0;
            for (Segment segment : sealed) {
                all += segment.length();
                living += segment.liveOctets();
            }
            return all >= settings.segment() && living < all / 2;
        } finally {
            lock.unlock();
        }
    }

    private void delete(Segment segment) throws IOException {
        segment.delete();
        // Before the next one goes: it may hold the records that say that this one's messages are done.
        Segment.force(settings.folder());
        lock.lock();
        try {
            sealed.remove(segment);
        } finally {
            lock.unlock();
        }
    }

    private void rewrite(Segment segment) throws IOException {
        int before = segment.live();
        List<QueuedMessage> batch = new ArrayList<>();
        for (QueuedMessage message : spool.messages()) {
            if (message.location().segment() == segment) {
                batch.add(message);
            }
            if (batch.size() == MOST_AT_ONCE) {
                spool.rewrite(batch);
                batch.clear();
            }
        }
        spool.rewrite(batch);
        if (segment.live() == before) {
            // What lives here was accepted a moment ago and is not listed yet.
            LockSupport.parkNanos(A_MOMENT.toNanos());
        }
    }
}
