package cz.digidig.smtp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.delivery.MessageStore.Ending;
import cz.digidig.smtp.delivery.MessageStore.Outcome;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.settings.RetryLimits;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolSettings;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.spool.TargetState;
import cz.digidig.smtp.spool.TargetState.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliverySchedulerTest {
    private static final DeliveryProperties PROPERTIES =
            new DeliveryProperties(8, 1, 1_000_000, Duration.ofSeconds(1), Duration.ofMillis(600));
    private static final RetryLimits RETRY =
            new RetryLimits(List.of(Duration.ofMillis(50)), Duration.ofDays(1), Duration.ZERO, Duration.ofHours(4));

    @TempDir
    Path folder;

    private Spool spool;
    private DeliveryScheduler scheduler;
    private final Store store = new Store();

    /** Remembers what it was given; answers as told. */
    private static final class Store implements MessageStore {
        final Map<String, String> stored = new ConcurrentHashMap<>();
        final List<Delivery> calls = new CopyOnWriteArrayList<>();
        volatile Function<Delivery, Outcome> answer = Store::allDelivered;

        static Outcome allDelivered(Delivery delivery) {
            Map<String, Ending> endings = new HashMap<>();
            delivery.accounts().forEach(account -> endings.put(account, Ending.DELIVERED));
            return new Outcome.Answered(endings);
        }

        @Override
        public Outcome deliver(Delivery delivery, InputStream content) {
            calls.add(delivery);
            Outcome outcome = answer.apply(delivery);
            if (outcome instanceof Outcome.Answered answered) {
                answered.endings().forEach((account, ending) -> {
                    if (ending == Ending.DELIVERED) {
                        stored.put(account + "/" + delivery.key(), text(delivery, content));
                    }
                });
            }
            return outcome;
        }

        private static String text(Delivery delivery, InputStream content) {
            try {
                return new String(delivery.head(), StandardCharsets.UTF_8)
                        + new String(content.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        spool = Spool.open(new SpoolSettings(folder, 1 << 20, 1 << 16, 1 << 20, 0, Long.MAX_VALUE), Clock.systemUTC());
        FailureReports reports = new FailureReports(
                spool,
                sender -> Optional.of(List.of(new Target.Local("sender", "sender@digidig.test"))),
                () -> "mail.digidig.test",
                Clock.systemUTC());
        Settlement settlement = new Settlement(spool, reports, Clock.systemUTC(), new SimpleMeterRegistry());
        scheduler = new DeliveryScheduler(spool, store, settlement, PROPERTIES, () -> RETRY, Clock.systemUTC());
    }

    private void begin() {
        spool.onAccepted(scheduler::accepted);
        scheduler.start();
        spool.messages().forEach(scheduler::schedule);
    }

    @AfterEach
    void stop() {
        scheduler.close();
        spool.close();
    }

    private QueuedMessage accept(String from, Set<Notify> notifyOn, Target... targets) throws IOException {
        return accept(from, false, notifyOn, targets);
    }

    private QueuedMessage accept(String from, boolean junk, Set<Notify> notifyOn, Target... targets)
            throws IOException {
        return accept(from, junk, notifyOn, TargetState.FRESH, targets);
    }

    private QueuedMessage accept(String from, boolean junk, Set<Notify> notifyOn, TargetState first, Target... targets)
            throws IOException {
        QueueId id = spool.nextId();
        MessageBuffer buffer = spool.newBuffer(id);
        buffer.write("Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.UTF_8));
        Envelope envelope = new Envelope(
                Clock.systemUTC().instant(),
                "0123456789abcdef0123456789abcdef",
                ReversePath.of(from),
                "",
                false,
                MailCommand.Body.SEVEN_BIT,
                MailCommand.Return.UNSAID,
                "",
                List.of(new Recipient("team@digidig.test", notifyOn, "", List.of(targets))),
                junk);
        return spool.accept(id, envelope, buffer, first);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static Target local(String account) {
        return new Target.Local(account, account + "@digidig.test");
    }

    @Test
    void oneCallServesAllAccountsAndTheReturnPathComesFirst() throws IOException {
        begin();
        QueuedMessage message = accept("a@example.org", Set.of(), local("alice"), local("bob"), local("alice"));
        await(() -> spool.messages().isEmpty());
        assertThat(store.calls).singleElement().satisfies(call -> {
            assertThat(call.accounts()).containsExactly("alice", "bob");
            assertThat(call.key()).isEqualTo(message.deliveryKey());
        });
        assertThat(store.stored.get("bob/" + message.deliveryKey()))
                .isEqualTo("Return-Path: <a@example.org>\r\nSubject: x\r\n\r\nbody\r\n");
    }

    @Test
    void junkGoesToJunk() throws IOException {
        begin();
        accept("", true, Set.of(), local("alice"));
        accept("", false, Set.of(), local("alice"));
        await(() -> spool.messages().isEmpty());
        assertThat(store.calls)
                .extracting(MessageStore.Delivery::place)
                .containsExactlyInAnyOrder(MessageStore.Place.JUNK, MessageStore.Place.INBOX);
    }

    @Test
    void whatIsToBeSentLaterIsDeliveredAtItsTimeAndNoSooner() throws IOException {
        begin();
        long now = Clock.systemUTC().millis();
        accept("a@example.org", false, Set.of(), new TargetState(Status.PENDING, 0, now + 600_000, ""), local("bob"));
        accept("a@example.org", false, Set.of(), new TargetState(Status.PENDING, 0, now + 300, ""), local("alice"));
        await(() -> store.stored.size() == 1);
        assertThat(Clock.systemUTC().millis()).isGreaterThanOrEqualTo(now + 300);
        assertThat(store.stored.keySet()).allMatch(key -> key.startsWith("alice/"));
        await(() -> spool.messages().size() == 1);
        QueuedMessage waiting = spool.messages().iterator().next();
        spool.onCancelled(scheduler::forget);
        spool.cancel(waiting);
        assertThat(spool.messages()).isEmpty();
        assertThat(store.calls).hasSize(1);
    }

    @Test
    void whatIsThereAtTheStartIsDelivered() throws IOException {
        accept("", Set.of(), local("alice"));
        begin();
        await(() -> spool.messages().isEmpty());
        assertThat(store.stored).hasSize(1);
    }

    @Test
    void anOutageIsWaitedOutByOneAttemptAtATimeAndNothingIsLost() throws IOException {
        store.answer = _ -> new Outcome.Unavailable("down");
        begin();
        for (int i = 0; i < 50; i++) {
            accept("a@example.org", Set.of(), local("alice"));
        }
        await(scheduler::outage);
        assertThat(spool.messages()).hasSize(50);
        store.answer = Store::allDelivered;
        await(() -> spool.messages().isEmpty());
        assertThat(store.stored).hasSize(50);
        assertThat(scheduler.outage()).isFalse();
    }

    @Test
    void whatGoesElsewhereIsLeftAlone() throws IOException {
        begin();
        accept("a@example.org", Set.of(), local("alice"), new Target.Remote("x@elsewhere.example"));
        await(() -> store.stored.size() == 1);
        await(() -> spool.messages().iterator().next().pending().size() == 1);
        assertThat(spool.status().outbound()).isOne();
    }

    @Test
    void aLastingFailureIsReportedToTheSender() throws IOException {
        store.answer = delivery -> delivery.accounts().contains("gone")
                ? new Outcome.Answered(Map.of("gone", Ending.NO_ACCOUNT, "alice", Ending.DELIVERED))
                : Store.allDelivered(delivery);
        begin();
        accept("sender@digidig.test", Set.of(), local("alice"), local("gone"));
        await(() -> spool.messages().isEmpty());
        String report = store.stored.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("sender/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        assertThat(report)
                .startsWith("Return-Path: <>\r\n")
                .contains("Content-Type: multipart/report; report-type=delivery-status;")
                .contains("Final-Recipient: rfc822; team@digidig.test\r\nAction: failed\r\nStatus: 5.1.1\r\n")
                .contains("Content-Type: text/rfc822-headers\r\n\r\nSubject: x\r\n")
                .doesNotContain("body\r\n\r\n--");
    }

    @Test
    void nobodyIsToldWhoDoesNotWantToBe() throws IOException {
        store.answer = delivery -> new Outcome.Refused("no");
        begin();
        accept("sender@digidig.test", Set.of(Notify.NEVER), local("alice"));
        accept("", Set.of(), local("alice"));
        await(() -> spool.messages().isEmpty());
        assertThat(store.calls).hasSize(2);
    }

    @Test
    void aFullMailboxIsAskedAgainUnderAnotherKeyUntilTheMessageIsTooOld() throws IOException {
        store.answer = delivery -> delivery.accounts().contains("full")
                ? new Outcome.Answered(Map.of("full", Ending.OVER_QUOTA))
                : Store.allDelivered(delivery);
        begin();
        accept("sender@digidig.test", Set.of(), local("full"));
        await(() -> store.stored.size() == 1);
        assertThat(store.stored.values().iterator().next()).contains("Status: 5.2.2");
    }
}
