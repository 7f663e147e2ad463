package cz.digidig.smtp.spool;

import static cz.digidig.smtp.spool.SampleMail.accept;
import static cz.digidig.smtp.spool.SampleMail.local;
import static cz.digidig.smtp.spool.SampleMail.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final TargetState DELIVERED = new TargetState(TargetState.Status.DELIVERED, 1, 0, "");
    private static final int KB = 1024;

    @TempDir
    Path folder;

    private SpoolSettings settings(long segment) {
        return new SpoolSettings(folder, segment, 64 * KB, 1024 * KB, 0, Long.MAX_VALUE);
    }

    private Spool open() throws IOException {
        return Spool.open(settings(1024 * KB), Clock.systemUTC());
    }

    private static byte[] content(Spool spool, QueuedMessage message) throws IOException {
        try (InputStream in = spool.content(message)) {
            return in.readAllBytes();
        }
    }

    @Test
    void anAcceptedMessageIsThereAfterReopening() throws IOException {
        QueuedMessage accepted;
        try (Spool spool = open()) {
            accepted = accept(spool, "hello", local("alice"), new Target.Remote("x@example.com"));
            assertThat(content(spool, accepted)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(spool.status().outbound()).isOne();
        }
        try (Spool spool = open()) {
            QueuedMessage found = spool.messages().iterator().next();
            assertThat(found.envelope()).isEqualTo(accepted.envelope());
            assertThat(found.id()).isEqualTo(accepted.id());
            assertThat(found.deliveryKey()).isEqualTo(accepted.deliveryKey());
            assertThat(content(spool, found)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(spool.status().outbound()).isOne();
            assertThat(spool.nextId()).isGreaterThan(found.id());
        }
    }

    @Test
    void outcomesSurviveAndTheLastOneEndsTheMessage() throws IOException {
        TargetState later = new TargetState(TargetState.Status.PENDING, 3, 42, "storage does not answer");
        try (Spool spool = open()) {
            QueuedMessage message = accept(spool, "hello", local("alice"), local("bob"));
            spool.record(message, Map.of(0, DELIVERED, 1, later));
        }
        try (Spool spool = open()) {
            QueuedMessage message = spool.messages().iterator().next();
            assertThat(message.state(0)).isEqualTo(DELIVERED);
            assertThat(message.state(1)).isEqualTo(later);
            assertThat(message.pending())
                    .extracting(QueuedMessage.Destination::index)
                    .containsExactly(1);
            spool.record(message, Map.of(1, DELIVERED));
            assertThat(spool.messages()).isEmpty();
        }
        try (Spool spool = open()) {
            assertThat(spool.messages()).isEmpty();
        }
    }

    private static List<String> details(Spool spool, QueuedMessage message) throws IOException {
        return spool.attempts(message).stream().map(Attempt::detail).toList();
    }

    @Test
    void theLastAttemptsSurviveRestartsAndTheCleaner() throws IOException {
        Instant at = Instant.ofEpochMilli(1_800_000_000_000L);
        String tooLong = "x".repeat(5000);
        List<String> expected = new ArrayList<>();
        QueueId id;
        try (Spool spool = Spool.open(settings(100 * KB), Clock.systemUTC())) {
            QueuedMessage held = accept(spool, "hello", new Target.Remote("x@example.com"), local("bob"));
            id = held.id();
            for (int i = 0; i < 14; i++) {
                TargetState state = new TargetState(TargetState.Status.PENDING, i + 1, 0, "4.2.0 later");
                Attempt attempt = new Attempt(0, at, Attempt.Result.DEFERRED, "reply " + i + "\nof two lines");
                spool.record(held, Map.of(0, state), List.of(attempt));
                if (i > 3) {
                    expected.add(attempt.detail());
                }
            }
            spool.record(held, Map.of(1, DELIVERED), List.of(new Attempt(1, at, Attempt.Result.DELIVERED, tooLong)));
            expected.add("x".repeat(3900));
            await().until(() -> details(spool, held).equals(expected));
        }
        try (Spool spool = Spool.open(settings(100 * KB), Clock.systemUTC())) {
            QueuedMessage held = spool.message(id).orElseThrow();
            assertThat(details(spool, held)).isEqualTo(expected);
            Segment first = held.location().segment();
            for (int i = 0; i < 200; i++) {
                spool.record(accept(spool, text(i, 4 * KB), local("alice")), Map.of(0, DELIVERED));
            }
            await().until(() -> held.location().segment() != first);
            assertThat(details(spool, held)).isEqualTo(expected);
            Attempt last = new Attempt(0, at, Attempt.Result.UNCERTAIN, "lost");
            spool.record(held, Map.of(), List.of(last));
            expected.removeFirst();
            expected.add("lost");
        }
        try (Spool spool = open()) {
            QueuedMessage held = spool.message(id).orElseThrow();
            assertThat(details(spool, held)).isEqualTo(expected);
            assertThat(spool.attempts(held).getLast()).isEqualTo(new Attempt(0, at, Attempt.Result.UNCERTAIN, "lost"));
        }
    }

    @Test
    void messagesAreAcceptedBeforeWhatWaitsIsRead() throws IOException {
        QueueId old;
        try (Spool spool = open()) {
            old = accept(spool, "hello", local("alice")).id();
        }
        List<QueueId> told = new CopyOnWriteArrayList<>();
        try (Spool spool = open()) {
            QueuedMessage added = accept(spool, "hello", local("alice"));
            assertThat(added.id()).isGreaterThan(old);
            spool.eachRecovered(message -> told.add(message.id()));
            await().untilAsserted(() -> assertThat(told).containsExactly(old));
            assertThat(spool.messages()).extracting(QueuedMessage::id).containsExactly(old, added.id());
        }
    }

    @Test
    void whatCannotBeReadStopsAcceptingAndIsKept() throws IOException {
        try (Spool spool = open()) {
            accept(spool, "hello", local("alice"));
        }
        Path journal = journals().getFirst();
        byte[] whole = Files.readAllBytes(journal);
        byte[] salt = Arrays.copyOf(whole, Segment.SALT);
        RecordFormat.Encoded unknown = RecordFormat.done(new QueueId(1));
        unknown.head()[RecordFormat.HEADER - 1] = 99;
        unknown.seal(salt);
        byte[] with = Arrays.copyOf(whole, whole.length + unknown.length());
        System.arraycopy(unknown.head(), 0, with, whole.length, unknown.length());
        Files.write(journal, with);
        try (Spool spool = open()) {
            List<QueueId> told = new CopyOnWriteArrayList<>();
            spool.eachRecovered(message -> told.add(message.id()));
            await().until(() -> !spool.status().reading());
            assertThat(told).isEmpty();
            assertThat(spool.status().accepting()).isFalse();
            assertThatThrownBy(() -> accept(spool, "more", local("alice"))).isInstanceOf(SpoolUnavailable.class);
        }
        assertThat(Files.readAllBytes(journal)).isEqualTo(with);
    }

    @Test
    void aLargeMessageHasItsOwnFileUntilItIsDone() throws IOException {
        byte[] octets = text(1, 300 * KB);
        try (Spool spool = open()) {
            accept(spool, octets, local("alice"));
        }
        try (Spool spool = open()) {
            QueuedMessage message = spool.messages().iterator().next();
            assertThat(content(spool, message)).isEqualTo(octets);
            assertThat(largeFiles()).hasSize(1);
            spool.record(message, Map.of(0, DELIVERED));
            assertThat(largeFiles()).isEmpty();
        }
    }

    @Test
    void aHeadComesFirstWhereverTheMessageIs() throws IOException {
        byte[] head = "Received: x\r\n".getBytes(StandardCharsets.UTF_8);
        for (int size : new int[] {0, 3 * KB, 200 * KB}) {
            byte[] octets = text(3, size);
            byte[] whole = Arrays.copyOf(head, head.length + size);
            System.arraycopy(octets, 0, whole, head.length, size);
            QueueId id;
            try (Spool spool = open()) {
                id = spool.nextId();
                MessageBuffer buffer = spool.newBuffer(id);
                buffer.write(octets);
                buffer.head(head);
                QueuedMessage message = spool.accept(id, SampleMail.envelope(local("alice")), buffer);
                assertThat(message.octets()).isEqualTo(whole.length);
                assertThat(content(spool, message)).isEqualTo(whole);
            }
            try (Spool spool = open()) {
                assertThat(content(spool, spool.message(id).orElseThrow())).isEqualTo(whole);
            }
        }
    }

    @Test
    void whatWasNotAcceptedLeavesNothing() throws IOException {
        try (Spool spool = open()) {
            try (MessageBuffer buffer = spool.newBuffer(spool.nextId())) {
                buffer.write(text(1, 100 * KB));
                assertThat(largeFiles()).hasSize(1);
            }
            assertThat(largeFiles()).isEmpty();
            Files.write(folder.resolve("large").resolve("ORPHAN.eml"), new byte[3]);
        }
        try (Spool spool = open()) {
            assertThat(spool.messages()).isEmpty();
            assertThat(largeFiles()).isEmpty();
        }
    }

    @Test
    void theHeapBudgetSendsMessagesToFilesEarly() throws IOException {
        try (Spool spool =
                Spool.open(new SpoolSettings(folder, KB, 64 * KB, 40 * KB, 0, Long.MAX_VALUE), Clock.systemUTC())) {
            MessageBuffer first = spool.newBuffer(spool.nextId());
            MessageBuffer second = spool.newBuffer(spool.nextId());
            first.write(text(1, 30 * KB));
            second.write(text(1, 30 * KB));
            assertThat(first.inFile()).isFalse();
            assertThat(second.inFile()).isTrue();
            first.close();
            second.close();
        }
    }

    @Test
    void belowTheFreeSpaceFloorNothingIsAccepted() throws IOException {
        try (Spool spool = Spool.open(
                new SpoolSettings(folder, KB, KB, KB, Long.MAX_VALUE / 2, Long.MAX_VALUE), Clock.systemUTC())) {
            assertThatThrownBy(() -> accept(spool, "hello", local("alice"))).isInstanceOf(SpoolUnavailable.class);
            assertThat(spool.messages()).isEmpty();
            assertThat(spool.status().accepting()).isFalse();
        }
    }

    @Test
    void beyondWhatMayWaitOnlyOurOwnReportsAreAccepted() throws IOException {
        SpoolSettings few = new SpoolSettings(folder, 1024 * KB, 64 * KB, 1024 * KB, 0, 2 * KB);
        QueueId first;
        try (Spool spool = Spool.open(few, Clock.systemUTC())) {
            first = accept(spool, "one", local("alice")).id();
            accept(spool, "two", local("alice"));
            assertThatThrownBy(() -> accept(spool, "three", local("alice"))).isInstanceOf(SpoolUnavailable.class);
            assertThat(spool.status().accepting()).isFalse();
            QueueId id = spool.nextId();
            MessageBuffer buffer = spool.newBuffer(id);
            buffer.write("a report".getBytes(StandardCharsets.UTF_8));
            spool.accept(id, SampleMail.report(local("alice")), buffer);
        }
        try (Spool spool = Spool.open(few, Clock.systemUTC())) {
            assertThat(spool.messages()).hasSize(3);
            assertThat(spool.hasRoomFor(0)).isFalse();
            for (QueuedMessage message : List.copyOf(spool.messages())) {
                if (!message.id().equals(first)) {
                    spool.record(message, Map.of(0, DELIVERED));
                }
            }
            assertThat(spool.hasRoomFor(0)).isTrue();
        }
    }

    @Test
    void ofWhatServersSayTheHeapKeepsTheBeginningAndTheDiskAll() throws IOException {
        String reply = "4.2.0 " + "long ".repeat(500);
        TargetState later = new TargetState(TargetState.Status.PENDING, 1, 42, reply);
        Attempt attempt = new Attempt(0, Instant.ofEpochMilli(42), Attempt.Result.DEFERRED, reply);
        try (Spool spool = open()) {
            QueuedMessage message = accept(spool, "hello", new Target.Remote("x@example.com"));
            spool.record(message, Map.of(0, later), List.of(attempt));
            assertThat(message.state(0).diagnostic()).isEqualTo(reply.substring(0, 250) + "...");
        }
        try (Spool spool = open()) {
            QueuedMessage message = spool.messages().iterator().next();
            assertThat(message.state(0).diagnostic()).isEqualTo(reply.substring(0, 250) + "...");
            assertThat(details(spool, message)).containsExactly(reply);
        }
    }

    @Test
    void fewThatStayDoNotPinManyThatAreGone() throws IOException {
        Map<QueueId, byte[]> staying = new HashMap<>();
        try (Spool spool = Spool.open(settings(100 * KB), Clock.systemUTC())) {
            assertThat(spool.messages()).isEmpty();
            for (int i = 0; i < 1000; i++) {
                byte[] octets = text(i, 4 * KB);
                if (i % 50 == 0) {
                    QueuedMessage held = accept(spool, octets, new Target.Remote("x@example.com"), local("bob"));
                    spool.record(held, Map.of(1, DELIVERED));
                    staying.put(held.id(), octets);
                } else {
                    spool.record(accept(spool, octets, local("alice")), Map.of(0, DELIVERED));
                }
            }
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (spool.journalOctets() > 400 * KB && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(spool.journalOctets()).isLessThan(400 * KB);
        }
        try (Spool spool = open()) {
            assertThat(spool.messages()).hasSize(20);
            for (QueuedMessage message : spool.messages()) {
                assertThat(content(spool, message)).isEqualTo(staying.get(message.id()));
                assertThat(message.state(1)).isEqualTo(DELIVERED);
            }
        }
    }

    @Test
    void aTornTailLosesOnlyWhatItTore() throws IOException {
        List<QueuedMessage> accepted = new ArrayList<>();
        try (Spool spool = open()) {
            for (int i = 0; i < 4; i++) {
                accepted.add(accept(spool, text(i, 40 + i), local("alice")));
            }
        }
        Path journal = journals().getFirst();
        byte[] whole = Files.readAllBytes(journal);
        for (int cut = 0; cut <= whole.length; cut++) {
            byte[] torn = Arrays.copyOf(whole, cut);
            int end = cut;
            List<QueueId> expected = accepted.stream()
                    .filter(message ->
                            message.location().record() + message.location().recordLength() <= end)
                    .map(QueuedMessage::id)
                    .toList();
            assertThat(recover(journal, torn)).as("cut at %d", cut).isEqualTo(expected);
        }
    }

    @Test
    void aDamagedRecordLosesOnlyItself() throws IOException {
        List<QueuedMessage> accepted = new ArrayList<>();
        try (Spool spool = open()) {
            for (int i = 0; i < 4; i++) {
                accepted.add(accept(spool, text(i, 40 + i), local("alice")));
            }
        }
        Path journal = journals().getFirst();
        byte[] whole = Files.readAllBytes(journal);
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = whole.clone();
            int at = Segment.SALT
                    + random.nextInt((int) accepted.getLast().location().record()
                            + accepted.getLast().location().recordLength()
                            - Segment.SALT);
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            List<QueueId> expected = accepted.stream()
                    .filter(message -> at < message.location().record()
                            || at
                                    >= message.location().record()
                                            + message.location().recordLength())
                    .map(QueuedMessage::id)
                    .toList();
            assertThat(recover(journal, damaged)).as("octet %d", at).isEqualTo(expected);
        }
    }

    private List<QueueId> recover(Path journal, byte[] octets) throws IOException {
        for (Path other : journals()) {
            Files.delete(other);
        }
        Files.write(journal, octets);
        Recovery recovery = Recovery.of(folder);
        assertThat(recovery.read()).isTrue();
        for (Segment segment : recovery.segments()) {
            segment.close();
        }
        return List.copyOf(recovery.messages().keySet());
    }

    private List<Path> journals() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Segment::isSegment).sorted().toList();
        }
    }

    private List<Path> largeFiles() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("large"))) {
            return all.toList();
        }
    }
}
