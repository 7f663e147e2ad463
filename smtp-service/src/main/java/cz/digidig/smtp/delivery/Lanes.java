package cz.digidig.smtp.delivery;

import cz.digidig.smtp.settings.DomainLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Runs jobs on virtual threads: so many at once in all, so many of one name, so many of it within a minute, all names in
 * turn. The limits are asked for each job, so a change counts from the next one on.
 */
final class Lanes {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final IntSupplier most;
    private final Function<String, DomainLimits> limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<String, Lane> lanes = new HashMap<>();
    /** Those that have something to start and may, each once. */
    private final Deque<Lane> ready = new ArrayDeque<>();

    private int running;
    private boolean closed;

    private static final class Lane {
        final String name;
        final Deque<Runnable> waiting = new ArrayDeque<>();
        int running;
        boolean ready;
        /** By {@link System#nanoTime()}: nothing starts before; jobs of one lane are spread over the minute. */
        long notBefore;
        /** Somebody waits for that moment. */
        boolean paused;

        Lane(String name) {
            this.name = name;
            this.notBefore = System.nanoTime();
        }

        boolean empty() {
            return running == 0 && waiting.isEmpty() && !paused && notBefore - System.nanoTime() <= 0;
        }
    }

    /**
     * Runs nothing yet.
     *
     * @param most how many at once
     * @param limits of each name
     */
    Lanes(IntSupplier most, Function<String, DomainLimits> limits) {
        this.most = most;
        this.limits = limits;
    }

    /** Runs a job as soon as its lane and the whole have room. */
    void submit(String name, Runnable job) {
        lock.lock();
        try {
            Lane lane = lanes.computeIfAbsent(name, Lane::new);
            lane.waiting.addLast(job);
            offer(lane);
            startMore();
        } finally {
            lock.unlock();
        }
    }

    private void offer(Lane lane) {
        if (lane.ready || lane.paused || lane.waiting.isEmpty()) {
            return;
        }
        long pause = lane.notBefore - System.nanoTime();
        if (pause > 0) {
            lane.paused = true;
            Thread.ofVirtual().name("outbound-pace-" + lane.name).start(() -> resume(lane, pause));
        } else if (lane.running < limits.apply(lane.name).connections()) {
            lane.ready = true;
            ready.addLast(lane);
        }
    }

    /** When the lane's pause is over. */
    private void resume(Lane lane, long pause) {
        long end = System.nanoTime() + pause;
        for (long left = pause; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        lock.lock();
        try {
            lane.paused = false;
            offer(lane);
            forgetIfEmpty(lane);
            startMore();
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfEmpty(Lane lane) {
        if (lane.empty()) {
            lanes.remove(lane.name, lane);
        }
    }

    /** Looks at every lane again: the limits have changed. */
    void limitsChanged() {
        lock.lock();
        try {
            lanes.values().forEach(this::offer);
            startMore();
        } finally {
            lock.unlock();
        }
    }

    private void startMore() {
        while (!closed && running < most.getAsInt() && !ready.isEmpty()) {
            Lane lane = ready.removeFirst();
            lane.ready = false;
            Runnable job = lane.waiting.removeFirst();
            lane.running++;
            running++;
            int perMinute = limits.apply(lane.name).messagesPerMinute();
            if (perMinute > 0) {
                lane.notBefore = System.nanoTime() + MINUTE / perMinute;
            }
            offer(lane);
            Thread.ofVirtual().name("outbound-" + lane.name).start(() -> run(lane, job));
        }
    }

    private void run(Lane lane, Runnable job) {
        try {
            job.run();
        } finally {
            lock.lock();
            try {
                lane.running--;
                running--;
                offer(lane);
                pauseOnceMore(lane);
                forgetIfEmpty(lane);
                startMore();
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** An idle lane is remembered until its pause is over, lest the next job comes too soon. */
    private void pauseOnceMore(Lane lane) {
        long pause = lane.notBefore - System.nanoTime();
        if (lane.running == 0 && lane.waiting.isEmpty() && !lane.paused && pause > 0) {
            lane.paused = true;
            Thread.ofVirtual().name("outbound-pace-" + lane.name).start(() -> resume(lane, pause));
        }
    }

    /** Starts nothing more, and waits for what runs, for a while; false: something still runs. */
    boolean close(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            closed = true;
            while (running > 0 && left > 0) {
                left = ended.awaitNanos(left);
            }
            return running == 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many run, for figures. */
    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }
}
