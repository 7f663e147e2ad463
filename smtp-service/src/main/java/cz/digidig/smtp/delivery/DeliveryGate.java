package cz.digidig.smtp.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many deliveries may run: many when it is quiet, few while mail pours in, lest accepting it starves. */
final class DeliveryGate {
    private static final Duration WINDOW = Duration.ofMillis(100);

    private final DeliveryProperties properties;
    private final Clock clock;
    private final LongAdder accepted = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int running;
    private long windowStart = System.nanoTime();
    private long windowAccepted;
    private boolean busy;

    DeliveryGate(DeliveryProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** A message was accepted. */
    void accepted() {
        accepted.increment();
    }

    /** Waits for a place. */
    void enter(long waitingSinceMillis) throws InterruptedException {
        lock.lock();
        try {
            while (running >= allowed(waitingSinceMillis)) {
                // Nobody signals that it has become quiet: look again soon.
                changed.await(WINDOW.toMillis(), TimeUnit.MILLISECONDS);
            }
            running++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            running--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs, for a while. */
    boolean awaitIdle(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (running > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return running == 0;
        } finally {
            lock.unlock();
        }
    }

    private int allowed(long waitingSinceMillis) {
        long now = System.nanoTime();
        long elapsed = now - windowStart;
        if (elapsed >= WINDOW.toNanos()) {
            long count = accepted.sum();
            busy = (count - windowAccepted) * 1_000_000_000L / elapsed >= properties.busyRate();
            windowStart = now;
            windowAccepted = count;
        }
        boolean waitsLong =
                clock.millis() - waitingSinceMillis > properties.busyPatience().toMillis();
        return busy && !waitsLong ? properties.busyConcurrency() : properties.concurrency();
    }
}
