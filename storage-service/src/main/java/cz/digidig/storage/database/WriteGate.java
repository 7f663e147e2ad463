package cz.digidig.storage.database;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoCollection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;

/**
 * Holds every write of this process to the database for a while, so that a copy of it is of one moment. Reads go on. What
 * is between two writes of one change is then such as a crash would leave, which the journal makes good.
 *
 * <p>A hold ends by itself when its time is over, whatever became of who asked for it.
 */
public final class WriteGate {
    /** Shorter than the patience of those who ask for writes. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final Set<String> WRITES = Set.of(
            "insertOne",
            "insertMany",
            "updateOne",
            "updateMany",
            "replaceOne",
            "deleteOne",
            "deleteMany",
            "bulkWrite",
            "findOneAndUpdate",
            "findOneAndReplace",
            "findOneAndDelete",
            "createIndex",
            "createIndexes",
            "dropIndex",
            "dropIndexes",
            "drop",
            "renameCollection");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long writing;
    /** The end of the hold by {@link System#nanoTime()}; only of use while {@link #held}. */
    private long end;

    private boolean held;
    private long number;

    /** The same collection, its writes through this gate. */
    @SuppressWarnings("unchecked")
    MongoCollection<Document> guard(MongoCollection<Document> collection) {
        return (MongoCollection<Document>) Proxy.newProxyInstance(
                WriteGate.class.getClassLoader(), new Class<?>[] {MongoCollection.class}, (_, method, arguments) -> {
                    boolean writes = WRITES.contains(method.getName());
                    if (writes) {
                        enter();
                    }
                    try {
                        return method.invoke(collection, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    } finally {
                        if (writes) {
                            leave();
                        }
                    }
                });
    }

    private void enter() {
        lock.lock();
        try {
            long waited = System.nanoTime() + LONGEST_WAIT.toNanos();
            while (holding()) {
                long left = Math.min(waited, end) - System.nanoTime();
                if (waited - System.nanoTime() <= 0) {
                    throw new MongoTimeoutException("writes are held for a backup");
                }
                changed.await(Math.max(1, left), TimeUnit.NANOSECONDS);
            }
            writing++;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MongoTimeoutException("interrupted while writes were held for a backup");
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            writing--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean holding() {
        if (held && end - System.nanoTime() <= 0) {
            held = false;
            changed.signalAll();
        }
        return held;
    }

    /**
     * Lets writes under way end, and begins no other.
     *
     * @param most when the hold ends by itself
     * @param patience how long writes under way may take
     * @return what {@link #release} wants; 0: there is a hold already, or they took longer, and nothing is held
     */
    public long hold(Duration most, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            if (holding()) {
                return 0;
            }
            held = true;
            end = System.nanoTime() + most.toNanos();
            long wanted = System.nanoTime() + patience.toNanos();
            while (writing > 0) {
                long left = wanted - System.nanoTime();
                if (left <= 0) {
                    held = false;
                    changed.signalAll();
                    return 0;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return ++number;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a hold.
     *
     * @return false: it had ended by itself before, and writes may have happened since
     */
    public boolean release(long hold) {
        lock.lock();
        try {
            boolean whole = holding() && hold == number;
            if (whole) {
                held = false;
                changed.signalAll();
            }
            return whole;
        } finally {
            lock.unlock();
        }
    }
}
