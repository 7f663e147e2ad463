package cz.digidig.storage.journal;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings committed changes from the journals to the pages, some time behind the commits and for many of them at once,
 * and lets go of what the pages have. Repeating any of it changes nothing.
 */
final class PageWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PageWriter.class);
    private static final int LONG_JOURNAL = 32;
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration QUIET = Duration.ofMillis(250);
    private static final Duration LATEST = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMillis(1500);
    private static final Duration FOREIGN = Duration.ofSeconds(30);
    private static final int DUPLICATE_KEY = 11000;
    private static final int MOST_AT_ONCE = 200;

    /** Expunges what was moved away; nothing where it is gone already, or the mailbox is. */
    interface MoveFinisher {
        void expunge(String mailbox, UidSet uids);
    }

    private static final class Pending {
        private volatile long since;
        private volatile long last;
        private volatile long applied;
    }

    private final Database database;
    private final SnapshotCache cache;
    private final PageLoader loader;
    private final DeliveryRecords deliveries;
    private final MoveFinisher moves;
    private final MailboxChanged listener;
    private final Clock clock;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    /** Mailboxes that may have a commit of which the listener has not heard. */
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    private final ReentrantLock working = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean closed;
    private final Thread thread;

    PageWriter(
            Database database,
            SnapshotCache cache,
            PageLoader loader,
            DeliveryRecords deliveries,
            MoveFinisher moves,
            MailboxChanged listener,
            Clock clock) {
        this.database = database;
        this.cache = cache;
        this.loader = loader;
        this.deliveries = deliveries;
        this.moves = moves;
        this.listener = listener;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("page-writer").unstarted(this::loop);
    }

    /** Applies what a former process left, then goes on in the background. */
    void start() {
        recover(Date.from(clock.instant().plus(FOREIGN)));
        thread.start();
    }

    /** Intents of a journal that may not be in the pages: its end. */
    List<Intent> unapplied(MailboxState state) {
        Pending entry = pending.get(state.id());
        long applied = entry == null ? 0 : entry.applied;
        List<Intent> journal = state.journal();
        int first = 0;
        while (first < journal.size() && journal.get(first).modSeq() <= applied) {
            first++;
        }
        return journal.subList(first, journal.size());
    }

    /** A mailbox has something in its journal. */
    void committed(String mailbox) {
        long now = clock.millis();
        pending.compute(mailbox, (id, known) -> {
            Pending entry = known == null ? new Pending() : known;
            if (entry.since == 0) {
                entry.since = now;
            }
            entry.last = now;
            return entry;
        });
    }

    /** A mailbox may have something in its journal that nobody has heard of: the database does not say so now. */
    void doubt(String mailbox) {
        doubtful.add(mailbox);
        committed(mailbox);
    }

    private void loop() {
        long foreign = clock.millis();
        while (pause()) {
            try {
                tick(false);
                if (!database.exclusive() && clock.millis() - foreign > FOREIGN.toMillis()) {
                    foreign = clock.millis();
                    recover(Date.from(clock.instant().minus(FOREIGN)));
                }
            } catch (MongoException e) {
                log.warn("Pages could not be written; trying again", e);
            } catch (RuntimeException e) {
                log.error("Pages could not be written; trying again", e);
            }
        }
    }

    private boolean pause() {
        lock.lock();
        try {
            long rest = TICK.toNanos();
            while (!closed && rest > 0) {
                rest = woken.awaitNanos(rest);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void tick(boolean all) {
        long now = clock.millis();
        List<String> due = new ArrayList<>();
        List<String> idle = new ArrayList<>();
        pending.forEach((mailbox, entry) -> {
            Snapshot snapshot = cache.cached(mailbox);
            if (snapshot == null || snapshot.state().highestModSeq() > entry.applied || doubtful.contains(mailbox)) {
                boolean longJournal =
                        snapshot != null && unapplied(snapshot.state()).size() >= LONG_JOURNAL;
                if (all
                        || longJournal
                        || now - entry.last >= QUIET.toMillis()
                        || now - entry.since >= LATEST.toMillis()) {
                    due.add(mailbox);
                }
            } else if (all || now - entry.last >= IDLE.toMillis()) {
                idle.add(mailbox);
            }
        });
        for (int start = 0; start < due.size(); start += MOST_AT_ONCE) {
            apply(due.subList(start, Math.min(due.size(), start + MOST_AT_ONCE)));
        }
        for (String mailbox : idle) {
            empty(mailbox);
        }
    }

    /** Applies a mailbox's journal now; for whoever finds that it has grown too long. */
    void apply(Collection<String> mailboxes) {
        working.lock();
        try {
            Map<String, Snapshot> snapshots = settled(mailboxes);
            List<String> unknown = new ArrayList<>();
            for (String mailbox : mailboxes) {
                Snapshot cached = cache.cached(mailbox);
                if (cached == null) {
                    unknown.add(mailbox);
                } else {
                    snapshots.put(mailbox, cached);
                }
            }
            if (!unknown.isEmpty()) {
                snapshots.putAll(cache.refresh(unknown));
                unknown.stream().filter(id -> !snapshots.containsKey(id)).forEach(pending::remove);
            }
            snapshots.values().forEach(this::finishMoves);
            deliveries.write(snapshots.values());
            writePages(snapshots.values());
        } finally {
            working.unlock();
        }
    }

    /** Those that were in doubt, as they are now; the listener hears of them. */
    private Map<String, Snapshot> settled(Collection<String> mailboxes) {
        List<String> asked = mailboxes.stream().filter(doubtful::remove).toList();
        if (asked.isEmpty()) {
            return new HashMap<>();
        }
        try {
            Map<String, Snapshot> found = cache.refresh(asked);
            found.forEach((id, snapshot) -> listener.changed(
                    snapshot.state().account(), id, snapshot.state().highestModSeq()));
            return found;
        } catch (MongoException e) {
            doubtful.addAll(asked);
            throw e;
        }
    }

    private void finishMoves(Snapshot snapshot) {
        for (Intent intent : unapplied(snapshot.state())) {
            if (intent instanceof Intent.Added added && added.origin() != null) {
                moves.expunge(added.origin().mailbox(), added.origin().uids());
            }
        }
    }

    private void writePages(Collection<Snapshot> snapshots) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        List<Snapshot> written = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            TreeSet<Integer> indexes = new TreeSet<>();
            MailboxState state = snapshot.state();
            for (Intent intent : unapplied(state)) {
                intent.pages().forEach(number -> indexes.add(state.pages().indexOf(number)));
            }
            try {
                loader.load(snapshot, List.copyOf(indexes));
            } catch (StaleSnapshot e) {
                cache.refresh(List.of(state.id()));
                continue;
            }
            for (int index : indexes) {
                Page page = snapshot.loaded(index);
                if (page != null) {
                    writes.add(new ReplaceOneModel<>(
                            Database.ifStill(
                                    Page.documentId(state.id(), page.number()),
                                    "modSeq",
                                    new Document("$lt", page.modSeq())),
                            page.write(state.id()),
                            new ReplaceOptions().upsert(true)));
                }
            }
            written.add(snapshot);
        }
        write(writes);
        for (Snapshot snapshot : written) {
            pending.computeIfPresent(snapshot.state().id(), (id, entry) -> {
                entry.applied = Math.max(entry.applied, snapshot.state().highestModSeq());
                entry.since = 0;
                return entry;
            });
        }
    }

    /** A page that is as new already makes the upsert collide with it: just as well. */
    private void write(List<WriteModel<Document>> writes) {
        if (writes.isEmpty()) {
            return;
        }
        try {
            database.pages().bulkWrite(writes, new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            for (BulkWriteError error : e.getWriteErrors()) {
                if (error.getCode() != DUPLICATE_KEY) {
                    throw e;
                }
            }
            if (e.getWriteConcernError() != null) {
                throw e;
            }
        }
    }

    /** Empties the journal of a mailbox to which nothing has happened for a while. */
    private void empty(String mailbox) {
        Snapshot snapshot = cache.cached(mailbox);
        Pending entry = pending.get(mailbox);
        if (snapshot == null || entry == null || snapshot.state().highestModSeq() > entry.applied) {
            return;
        }
        MailboxState state = snapshot.state();
        long matched = database.mailboxes()
                .updateOne(
                        Database.ifStill(mailbox, "highestModSeq", state.highestModSeq()),
                        new Document("$set", new Document("journal", List.of()))
                                .append("$unset", new Document("dirty", "")))
                .getMatchedCount();
        if (matched == 1) {
            cache.install(new Snapshot(state.withoutJournal()));
        }
        // Somebody else's commit is theirs to apply. Our own would have come with a new entry.
        pending.computeIfPresent(
                mailbox, (id, known) -> known.applied >= state.highestModSeq() && known.since == 0 ? null : known);
    }

    private void recover(Date before) {
        List<String> left = new ArrayList<>();
        database.mailboxes()
                .find(Filters.lt("dirty", before))
                .projection(Projections.include("_id"))
                .forEach(document -> left.add(document.getString("_id")));
        for (int start = 0; start < left.size(); start += MOST_AT_ONCE) {
            List<String> some = left.subList(start, Math.min(left.size(), start + MOST_AT_ONCE));
            some.forEach(this::doubt);
            apply(some);
        }
        if (!left.isEmpty()) {
            log.info("Applied the journals of {} mailboxes that a former run had left", left.size());
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
            tick(true);
            tick(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Journals are applied at the next start", e);
        }
    }
}
