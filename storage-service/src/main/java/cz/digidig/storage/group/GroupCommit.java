package cz.digidig.storage.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what concurrent callers bring while a round is under way, and hands it all to the next round. There is no
 * thread of its own: one of the callers that wait runs the round for all of them, so that a lone caller waits for nobody.
 *
 * @param <T> what a caller brings
 */
public final class GroupCommit<T extends GroupCommit.Item> {
    /** One caller's part of a round. */
    public abstract static class Item {
        private @Nullable Condition woken;
        private boolean done;
        private @Nullable RuntimeException failure;

        /** Ends it. To be called within a round, by its thread. */
        public final void complete() {
            done = true;
        }

        /** Ends it with an exception for its caller. */
        public final void fail(RuntimeException problem) {
            failure = problem;
            done = true;
        }

        public final boolean completed() {
            return done;
        }

        private void waitsOn(Condition condition) {
            woken = condition;
        }

        private void wake() {
            if (woken != null) {
                woken.signal();
            }
        }

        private void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    private final int most;
    private final Consumer<List<T>> round;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private boolean running;

    /**
     * @param most items in one round
     * @param round does the work; an item that it neither completes nor fails is part of the next round again
     */
    public GroupCommit(int most, Consumer<List<T>> round) {
        this.most = most;
        this.round = round;
    }

    /** Returns once the item is completed; throws what it failed with. */
    public void submit(T item) {
        Item own = item;
        boolean leads = false;
        lock.lock();
        try {
            Condition woken = lock.newCondition();
            own.waitsOn(woken);
            waiting.addLast(item);
            while (!item.completed() && running) {
                woken.awaitUninterruptibly();
            }
            if (!item.completed()) {
                running = true;
                leads = true;
            }
        } finally {
            lock.unlock();
        }
        if (leads) {
            lead(item);
        }
        own.rethrow();
    }

    private void lead(T own) {
        try {
            while (!own.completed()) {
                runRound();
            }
        } finally {
            lock.lock();
            try {
                running = false;
                Item next = waiting.peekFirst();
                if (next != null) {
                    next.wake();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void runRound() {
        List<T> batch = new ArrayList<>();
        lock.lock();
        try {
            while (batch.size() < most && !waiting.isEmpty()) {
                batch.add(waiting.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        try {
            round.accept(batch);
        } catch (RuntimeException e) {
            for (T item : batch) {
                if (!item.completed()) {
                    item.fail(e);
                }
            }
        }
        lock.lock();
        try {
            for (int i = batch.size() - 1; i >= 0; i--) {
                Item item = batch.get(i);
                if (item.completed()) {
                    item.wake();
                } else {
                    waiting.addFirst(batch.get(i));
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
