package cz.digidig.smtp.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Runs jobs on virtual threads: so many at once in all, so many of one name, all names in turn. */
final class Lanes {
    private final int most;
    private final int mostOfOne;
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

        Lane(String name) {
            this.name = name;
        }
    }

    Lanes(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
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
        if (!lane.ready && !lane.waiting.isEmpty() && lane.running < mostOfOne) {
            lane.ready = true;
            ready.addLast(lane);
        }
    }

    private void startMore() {
        while (!closed && running < most && !ready.isEmpty()) {
            Lane lane = ready.removeFirst();
            lane.ready = false;
            Runnable job = lane.waiting.removeFirst();
            lane.running++;
            running++;
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
                if (lane.running == 0 && lane.waiting.isEmpty()) {
                    lanes.remove(lane.name);
                }
                startMore();
                ended.signalAll();
            } finally {
                lock.unlock();
            }
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
