package cz.digidig.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.model.Filters;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.CopyResult;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.database.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What holds on every database that storage runs on: with several processes at once, and after one of them ended. */
interface JournalContract {
    FlagSet SEEN = new FlagSet(MessageFlag.SEEN.bit(), List.of());
    FlagSet DELETED = new FlagSet(MessageFlag.DELETED.bit(), List.of());

    /** As a process sees it that shares the database with others. */
    Database database();

    private MailboxJournal journal() {
        return new MailboxJournal(database(), 8 << 20, (account, mailbox, modSeq) -> {}, Clock.systemUTC());
    }

    private MailboxJournal started() {
        MailboxJournal journal = journal();
        journal.start();
        return journal;
    }

    private String mailbox() {
        String id = MessageId.create(System.nanoTime() / 1_000_000).toString();
        database()
                .mailboxes()
                .insertOne(MailboxState.create(
                        id, "account", 1, Date.from(Clock.systemUTC().instant())));
        return id;
    }

    private static NewMessage message() {
        return new NewMessage(MessageId.create(1), 100, 0, List.of(), 1_700_000_000_000L);
    }

    private static UidSet all() {
        return UidSet.range(1, UidSet.MAX_UID);
    }

    private static List<Long> uids(Collection<MessageRow> rows) {
        return rows.stream().map(MessageRow::uid).toList();
    }

    /** Everything that a mailbox's counters and mod-sequences promise of its rows. */
    private static List<MessageRow> consistentRows(MailboxJournal journal, String mailbox) {
        List<MessageRow> rows = journal.rows(mailbox, all());
        MailboxState state = journal.state(mailbox).orElseThrow();
        assertThat(state.messages()).isEqualTo(rows.size());
        assertThat(state.size())
                .isEqualTo(rows.stream().mapToLong(MessageRow::size).sum());
        assertThat(state.unseen())
                .isEqualTo(rows.stream().filter(MessageRow::unseen).count());
        assertThat(state.deleted())
                .isEqualTo(rows.stream().filter(MessageRow::deleted).count());
        assertThat(uids(rows)).isSorted().doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.uid()).isLessThan(state.uidNext());
            assertThat(row.modSeq()).isLessThanOrEqualTo(state.highestModSeq());
        });
        return rows;
    }

    @Test
    default void whatIsAddedHasTheNextUidAndAHigherModSequence() {
        String mailbox = mailbox();
        try (MailboxJournal journal = started()) {
            Placed first = journal.add(mailbox, message(), null);
            Placed second = journal.add(mailbox, message(), null);
            assertThat(first.uid()).isOne();
            assertThat(second.uid()).isEqualTo(2);
            assertThat(second.modSeq()).isGreaterThan(first.modSeq());
            assertThat(uids(consistentRows(journal, mailbox))).containsExactly(1L, 2L);
        }
    }

    @Test
    default void whatAProcessCommittedBeforeItsEndIsThereForTheNext() {
        String source = mailbox();
        String target = mailbox();
        // Not started, and so without a page writer: it ends between the commit and the pages.
        MailboxJournal killed = journal();
        for (int i = 0; i < 600; i++) {
            killed.add(source, message(), "key " + source + i);
        }
        killed.flags(source, UidSet.range(1, 10), FlagChange.Mode.ADD, SEEN, null);
        killed.expunge(source, UidSet.range(5, 6), false);
        CopyResult moved = killed.copy(source, target, UidSet.range(250, 260), true, (count, octets) -> true);
        assertThat(moved.targetUids()).hasSize(11);
        long pages = database().pages().countDocuments(Filters.eq("mailbox", target));
        assertThat(pages).as("pages before recovery").isZero();

        try (MailboxJournal next = started()) {
            List<MessageRow> rows = consistentRows(next, source);
            assertThat(rows).hasSize(600 - 2 - 11);
            assertThat(rows.stream().filter(row -> !row.unseen())).hasSize(8);
            assertThat(consistentRows(next, target)).hasSize(11);
            assertThat(next.delivered(source, "key " + source + 7))
                    .map(Placed::uid)
                    .contains(8L);
            assertThat(next.changes(source, 1, 0, 1000).vanished()).isEqualTo("5:6,250:260");
        }
        try (MailboxJournal last = started()) {
            assertThat(consistentRows(last, source)).hasSize(600 - 2 - 11);
            assertThat(last.state(source).orElseThrow().journal()).isEmpty();
            assertThat(last.add(source, message(), "key " + source + 7).uid())
                    .as("a repeated delivery")
                    .isEqualTo(8);
        }
    }

    @Test
    default void aDeliveryThatSeveralProcessesRepeatIsStoredOnce() throws InterruptedException, ExecutionException {
        String mailbox = mailbox();
        try (MailboxJournal one = started();
                MailboxJournal other = started();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                String key = UUID.randomUUID().toString();
                List<Future<Placed>> repeats = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    MailboxJournal journal = i % 2 == 0 ? one : other;
                    repeats.add(threads.submit(() -> journal.add(mailbox, message(), key)));
                }
                List<Placed> placed = new ArrayList<>();
                for (Future<Placed> repeat : repeats) {
                    placed.add(repeat.get());
                }
                assertThat(placed).allSatisfy(each -> assertThat(each).isEqualTo(placed.getFirst()));
            }
            assertThat(consistentRows(one, mailbox)).hasSize(10);
        }
    }

    @Test
    default void flagsAreRefusedForWhatChangedSince() {
        String mailbox = mailbox();
        try (MailboxJournal journal = started()) {
            Placed first = journal.add(mailbox, message(), null);
            Placed second = journal.add(mailbox, message(), null);
            var result = journal.flags(mailbox, all(), FlagChange.Mode.ADD, SEEN, first.modSeq());
            assertThat(result.modified()).isEqualTo(Long.toString(second.uid()));
            assertThat(consistentRows(journal, mailbox).stream().filter(row -> !row.unseen()))
                    .hasSize(1);
        }
    }

    /** The database dies after a commit, before it can be asked about it. */
    @Test
    default void aCommitWhoseOutcomeWasNotKnownIsAnnouncedOnceItIs() {
        String mailbox = mailbox();
        Queue<Long> announced = new ConcurrentLinkedQueue<>();
        Outage outage = new Outage();
        try (MailboxJournal journal = new MailboxJournal(
                outage.on(database()), 8 << 20, (account, id, modSeq) -> announced.add(modSeq), Clock.systemUTC())) {
            journal.start();
            journal.add(mailbox, message(), null);
            outage.beginAfterNextWrite();
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> journal.add(mailbox, message(), "key of " + mailbox));
            Document committed = Objects.requireNonNull(
                    database().mailboxes().find(Filters.eq("_id", mailbox)).first());
            assertThat(announced).doesNotContain(committed.getLong("highestModSeq"));

            outage.end();
            assertThat(journal.add(mailbox, message(), "key of " + mailbox).modSeq())
                    .as("the repeated delivery")
                    .isEqualTo(committed.getLong("highestModSeq"));
            Awaitility.await().until(() -> announced.contains(committed.getLong("highestModSeq")));
            assertThat(consistentRows(journal, mailbox)).hasSize(2);
        }
    }

    /**
     * Two processes change three mailboxes at random while somebody follows one of them by its changes alone: no
     * message is lost or there twice, and the follower ends with what is there.
     */
    @Test
    default void concurrentChangesLoseNothingAndCanBeFollowed() throws InterruptedException, ExecutionException {
        List<String> boxes = List.of(mailbox(), mailbox(), mailbox());
        Queue<MessageId> added = new ConcurrentLinkedQueue<>();
        Queue<MessageId> expunged = new ConcurrentLinkedQueue<>();
        AtomicBoolean done = new AtomicBoolean();
        Follower follower = new Follower();
        try (MailboxJournal one = started();
                MailboxJournal other = started();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Random random = new Random(i);
                // Two processes that take the same message away at the same moment both succeed; one does so here.
                boolean takes = i % 2 == 0;
                MailboxJournal journal = takes ? one : other;
                work.add(threads.submit(() -> {
                    for (int step = 0; step < 120; step++) {
                        change(journal, boxes, random, takes ? 8 : 6, added, expunged);
                    }
                }));
            }
            Future<?> following = threads.submit(() -> {
                while (!done.get()) {
                    follower.follow(other, boxes.getFirst());
                }
            });
            for (Future<?> each : work) {
                each.get();
            }
            done.set(true);
            following.get();
        }
        try (MailboxJournal fresh = started()) {
            List<MessageId> there = new ArrayList<>();
            for (String box : boxes) {
                consistentRows(fresh, box).forEach(row -> there.add(row.id()));
            }
            List<MessageId> expected = new ArrayList<>(added);
            expected.removeAll(List.copyOf(expunged));
            assertThat(there).containsExactlyInAnyOrderElementsOf(expected);

            follower.follow(fresh, boxes.getFirst());
            TreeMap<Long, Integer> now = new TreeMap<>();
            fresh.rows(boxes.getFirst(), all()).forEach(row -> now.put(row.uid(), row.flags()));
            assertThat(follower.known).isEqualTo(now);
        }
    }

    /** One random change; what it adds and what it expunges for good is recorded. */
    private static void change(
            MailboxJournal journal,
            List<String> boxes,
            Random random,
            int kinds,
            Queue<MessageId> added,
            Queue<MessageId> expunged) {
        String box = boxes.get(random.nextInt(boxes.size()));
        long last = journal.state(box).map(MailboxState::uidNext).orElseThrow();
        long from = 1 + random.nextLong(last);
        UidSet some = UidSet.range(from, from + random.nextInt(5));
        switch (random.nextInt(kinds)) {
            case 0, 1, 2 -> {
                NewMessage message = message();
                journal.add(box, message, random.nextBoolean() ? "key " + message.id() : null);
                added.add(message.id());
            }
            case 3 -> journal.flags(box, some, FlagChange.Mode.ADD, SEEN, null);
            case 4 -> journal.flags(box, some, FlagChange.Mode.REMOVE, SEEN, null);
            case 5 -> journal.flags(box, UidSet.range(from, from), FlagChange.Mode.ADD, DELETED, null);
            case 6 -> {
                String target = boxes.get(random.nextInt(boxes.size()));
                journal.copy(box, target, some, true, (count, octets) -> true);
            }
            default -> {
                // Only what it says was expunged was, whoever was faster; and nothing that came after the look at it.
                if (from < last) {
                    UidSet there = UidSet.range(from, Math.min(from + 4, last - 1));
                    List<MessageRow> before = journal.rows(box, there);
                    UidSet gone = UidSet.parse(journal.expunge(box, there, true).expunged());
                    before.stream().filter(row -> gone.contains(row.uid())).forEach(row -> expunged.add(row.id()));
                }
            }
        }
    }

    /** Knows a mailbox by asking for changes, some rows at a time. */
    final class Follower {
        private final TreeMap<Long, Integer> known = new TreeMap<>();
        private long since;

        void follow(MailboxJournal journal, String mailbox) {
            MailboxChanges first = journal.changes(mailbox, since, 0, 7);
            if (!first.vanished().isEmpty()) {
                UidSet vanished = UidSet.parse(first.vanished());
                known.keySet().removeIf(vanished::contains);
            }
            MailboxChanges part = first;
            take(part);
            while (part.more()) {
                long[] uids = part.changed().uid();
                part = journal.changes(mailbox, since, uids[uids.length - 1], 7);
                take(part);
            }
            since = first.highestModSeq();
        }

        private void take(MailboxChanges part) {
            for (int i = 0; i < part.changed().uid().length; i++) {
                known.put(part.changed().uid()[i], part.changed().flags()[i]);
            }
        }
    }

    @Test
    default void anotherProcessSeesWhatThisOneLeftInAJournal() {
        String mailbox = mailbox();
        MailboxJournal killed = journal();
        killed.add(mailbox, message(), null);
        try (MailboxJournal other = started()) {
            assertThat(consistentRows(other, mailbox)).hasSize(1);
            other.add(mailbox, message(), null);
            Awaitility.await()
                    .until(
                            () -> other.state(mailbox)
                                    .map(state -> state.journal().isEmpty()),
                            Optional.of(true)::equals);
            assertThat(database().pages().countDocuments(Filters.eq("mailbox", mailbox)))
                    .isOne();
            assertThat(consistentRows(other, mailbox)).hasSize(2);
        }
    }
}
