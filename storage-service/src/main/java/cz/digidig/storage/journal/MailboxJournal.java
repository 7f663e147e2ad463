package cz.digidig.storage.journal;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.CopyResult;
import cz.digidig.common.api.storage.ExpungeResult;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.database.Database;
import cz.digidig.storage.group.GroupCommit;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contents of mailboxes: reads them, and commits changes. Knows mailboxes by id alone. */
public final class MailboxJournal implements AutoCloseable {
    private static final int MOST_IN_ROUND = 500;
    private static final int ENDLESS_JOURNAL = 1024;
    private static final int MOST_READS = 20;

    private final MailboxContents contents;
    private final SnapshotCache cache;
    private final PageLoader loader;
    private final PageWriter writer;
    private final DeliveryRecords deliveries;
    private final GroupCommit<Change> changes;

    /**
     * @param cacheWeight octets of memory for mailboxes that are kept
     * @param listener hears of every commit of this process, and of what others left
     */
    public MailboxJournal(Database database, long cacheWeight, MailboxChanged listener, Clock clock) {
        this.contents = new MailboxContents(database);
        this.cache = new SnapshotCache(database, cacheWeight);
        this.loader = new PageLoader(database, cache);
        this.deliveries = new DeliveryRecords(database, clock);
        this.writer = new PageWriter(database, cache, loader, deliveries, this::finishMove, listener, clock);
        Commits commits = new Commits(database, cache, writer, listener, clock);
        Round round = new Round(cache, loader, deliveries, commits);
        this.changes = new GroupCommit<>(MOST_IN_ROUND, round::run);
    }

    /** Finishes what a former process left, and starts the work in the background. */
    public void start() {
        writer.start();
    }

    /** A mailbox as it is now. */
    public Optional<MailboxState> state(String mailbox) {
        return Optional.ofNullable(cache.current(mailbox)).map(Snapshot::state);
    }

    /** Mailboxes as they are now, by id; those that don't exist are left out. */
    public Map<String, MailboxState> states(Collection<String> mailboxes) {
        Map<String, MailboxState> states = new HashMap<>();
        cache.current(mailboxes).forEach((id, snapshot) -> states.put(id, snapshot.state()));
        return states;
    }

    /** As {@link cz.digidig.common.api.storage.MailboxApi#changes}. */
    public MailboxChanges changes(String mailbox, long since, long afterUid, int limit) {
        return read(mailbox, snapshot -> new ChangeReader(snapshot, loader).read(since, afterUid, limit));
    }

    /** The rows of those of the UIDs that are there, ascending. */
    public List<MessageRow> rows(String mailbox, UidSet uids) {
        return read(mailbox, snapshot -> new Draft(snapshot, loader).rows(uids));
    }

    private <R> R read(String mailbox, Function<Snapshot, R> reader) {
        for (int attempt = 0; attempt < MOST_READS; attempt++) {
            Snapshot snapshot = attempt < 2
                    ? cache.current(mailbox)
                    : cache.refresh(List.of(mailbox)).get(mailbox);
            if (snapshot == null) {
                throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such mailbox");
            }
            try {
                return reader.apply(snapshot);
            } catch (StaleSnapshot e) {
                // Somebody was faster: look again.
            }
        }
        throw new ProblemException(ErrorCode.UNAVAILABLE, "The mailbox is changed too often; try again");
    }

    /**
     * Puts a message into a mailbox.
     *
     * @param deliveryKey with the same key, only the first one is stored; null: each is
     */
    public Placed add(String mailbox, NewMessage message, @Nullable String deliveryKey) {
        Change.Add change = new Change.Add(mailbox, message, deliveryKey);
        submit(mailbox, change);
        return committed(change.placed());
    }

    /** What became of a delivery that was made before; empty: it was not. */
    public Optional<Placed> delivered(String mailbox, String deliveryKey) {
        Snapshot snapshot = cache.current(mailbox);
        if (snapshot == null) {
            return Optional.empty();
        }
        Intent.Added added = new Draft(snapshot, loader).delivered(deliveryKey);
        if (added != null) {
            return Optional.of(Change.Add.placed(snapshot.state(), added.rows().getFirst()));
        }
        return Optional.ofNullable(deliveries.find(List.of(deliveryKey)).get(deliveryKey));
    }

    public FlagResult flags(
            String mailbox, UidSet uids, FlagChange.Mode mode, FlagSet named, @Nullable Long unchangedSince) {
        Change.Flags change = new Change.Flags(mailbox, uids, mode, named, unchangedSince);
        warm(mailbox, uids);
        submit(mailbox, change);
        return committed(change.result());
    }

    /**
     * @param uids null: all
     * @param deletedOnly leave those without {@code \Deleted}
     */
    public ExpungeResult expunge(String mailbox, @Nullable UidSet uids, boolean deletedOnly) {
        Change.Expunge change = new Change.Expunge(mailbox, uids, deletedOnly);
        if (uids != null) {
            warm(mailbox, uids);
        }
        submit(mailbox, change);
        return committed(change.result());
    }

    /**
     * Copies or moves messages.
     *
     * @param room told how many messages and octets a copy adds; false: refuse with {@code over-quota}
     */
    public CopyResult copy(
            String source, String target, UidSet uids, boolean move, BiFunction<Long, Long, Boolean> room) {
        Change.Copy change = new Change.Copy(source, target, uids, move, room);
        warm(source, uids);
        submit(target, change);
        return committed(change.result());
    }

    private static <R> R committed(@Nullable R result) {
        if (result == null) {
            throw new IllegalStateException("a change ended without an outcome");
        }
        return result;
    }

    /** What is long in loading is loaded before others have to wait for it; it also asks for other processes' commits. */
    private void warm(String mailbox, UidSet uids) {
        read(mailbox, snapshot -> {
            loader.load(snapshot, snapshot.pagesWith(uids));
            return snapshot;
        });
    }

    private void submit(String mailbox, Change change) {
        Snapshot cached = cache.cached(mailbox);
        if (cached != null && writer.unapplied(cached.state()).size() > ENDLESS_JOURNAL) {
            writer.apply(List.of(mailbox));
        }
        changes.submit(change);
    }

    private void finishMove(String mailbox, UidSet uids) {
        try {
            expunge(mailbox, uids, false);
        } catch (ProblemException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Deletes a mailbox and its pages; its messages are left to the sweep. */
    public void delete(String mailbox) {
        contents.delete(mailbox);
        cache.forget(mailbox);
    }

    @Override
    public void close() {
        writer.close();
    }
}
