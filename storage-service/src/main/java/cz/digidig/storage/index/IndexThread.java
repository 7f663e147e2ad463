package cz.digidig.storage.index;

import com.mongodb.MongoException;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.storage.index.ChangedMailboxes.Mark;
import cz.digidig.storage.settings.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The thread that keeps the index. Works a share of the time alone, a small one while many commits come, so that mail
 * doesn't wait for it. It is never interrupted: that would close files under the index.
 */
final class IndexThread implements SmartLifecycle, Pace {
    private static final Logger log = LoggerFactory.getLogger(IndexThread.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    /** What always fails is tried once in about three hours in the end. */
    private static final int MOST_DOUBLED = 10;

    private static final Duration MOST_PAUSE = Duration.ofSeconds(10);
    private static final Duration MOST_STOP = Duration.ofSeconds(20);
    private static final int MARKS = 100;
    /** Commits in a second from which on mail pours in. */
    private static final long BUSY = 20;

    private final IndexKeeper keeper;
    private final ChangedMailboxes changed;
    private final Indexer indexer;
    private final Supplier<StorageSettings.Search> settings;
    private final IndexProperties properties;
    private final boolean exclusive;
    private volatile CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile boolean walked;
    private volatile boolean tried;
    private volatile @Nullable Mark working;
    private int failures;
    private final AtomicLong indexed = new AtomicLong();
    private @Nullable SearchIndex last;
    private long lastWalk;
    private long lastCommit;
    private long busyLooked;
    private long busyCommits;
    private boolean busy;

    /**
     * Makes the thread; {@link #start} begins.
     *
     * @param exclusive no other process writes to the database, so what is heard of is all there is
     */
    IndexThread(
            IndexKeeper keeper,
            ChangedMailboxes changed,
            IndexSource source,
            Supplier<StorageSettings.Search> settings,
            IndexProperties properties,
            boolean exclusive) {
        this.keeper = keeper;
        this.changed = changed;
        this.indexer = new Indexer(source, changed, this, properties.batch());
        this.settings = settings;
        this.properties = properties;
        this.exclusive = exclusive;
    }

    @Override
    public void start() {
        stop = new CountDownLatch(1);
        Thread started = new Thread(this::run, "search-index");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    @Override
    public void stop() {
        stop.countDown();
        Thread running = thread;
        thread = null;
        if (running != null) {
            try {
                running.join(MOST_STOP);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public boolean stopping() {
        return stop.getCount() == 0;
    }

    /** True: every mailbox was compared with the index since it was opened. */
    boolean walked() {
        return walked;
    }

    /** False: the index was not opened yet. */
    boolean tried() {
        return tried;
    }

    /** What is being looked at was heard of so many nanoseconds ago; 0: nothing is. */
    long working() {
        Mark mark = working;
        return mark == null ? 0 : Math.max(1, System.nanoTime() - mark.since());
    }

    /** Messages that were looked at since the start. */
    long indexed() {
        return indexed.get();
    }

    private void run() {
        try {
            while (!pause(TICK)) {
                try {
                    step();
                    tried = true;
                    failures = 0;
                } catch (IOException | MongoException | ProblemException failed) {
                    tried = true;
                    log.warn("The search index is behind: {}", failed.toString());
                    pauseAfterFailure();
                } catch (RuntimeException failed) {
                    // What Lucene throws where it has closed itself, or finds what can't be.
                    log.warn("The search index failed", failed);
                    keeper.damaged(failed);
                    pauseAfterFailure();
                }
            }
        } finally {
            try {
                keeper.close();
            } catch (IOException | RuntimeException failed) {
                log.warn("The search index was not closed in order: {}", failed.toString());
            }
        }
    }

    private void step() throws IOException {
        SearchIndex index = keeper.open();
        long now = System.nanoTime();
        if (index != last) {
            walked = false;
            last = index;
            lastCommit = now;
        }
        boolean due = !exclusive && now - lastWalk > properties.walk().toNanos();
        if (!walked || due || changed.takeLost()) {
            indexer.walk(index);
            lastWalk = now;
            walked = true;
        }
        List<Mark> marks = changed.take(MARKS, now - properties.delay().toNanos());
        if (!marks.isEmpty()) {
            working = marks.getFirst();
            try {
                indexer.update(index, marks);
            } finally {
                working = null;
            }
        }
        if (index.uncommitted() && now - lastCommit > commitEvery()) {
            index.commit();
            lastCommit = now;
        }
    }

    private void pauseAfterFailure() {
        pause(AFTER_FAILURE.multipliedBy(1L << Math.min(failures, MOST_DOUBLED)));
        failures++;
    }

    private long commitEvery() {
        return TimeUnit.SECONDS.toNanos(settings.get().commitSeconds());
    }

    @Override
    public void worked(int messages, long nanos) {
        indexed.addAndGet(messages);
        int share = busy() ? settings.get().busyShare() : settings.get().share();
        long rest = nanos * (100 - share) / share;
        pause(Duration.ofNanos(Math.min(rest, MOST_PAUSE.toNanos())));
    }

    private boolean busy() {
        long now = System.nanoTime();
        long since = now - busyLooked;
        if (since >= TimeUnit.SECONDS.toNanos(1)) {
            long commits = changed.commits();
            busy = (commits - busyCommits) * TimeUnit.SECONDS.toNanos(1) / since >= BUSY;
            busyCommits = commits;
            busyLooked = now;
        }
        return busy;
    }

    /** True: the service stops. */
    private boolean pause(Duration time) {
        try {
            return stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException never) {
            return true;
        }
    }
}
