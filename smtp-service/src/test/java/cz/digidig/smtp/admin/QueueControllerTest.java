package cz.digidig.smtp.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.smtp.client.ClientLimits;
import cz.digidig.smtp.client.Origin;
import cz.digidig.smtp.client.SmtpClient;
import cz.digidig.smtp.delivery.DeliveryProperties;
import cz.digidig.smtp.delivery.DeliveryScheduler;
import cz.digidig.smtp.delivery.FailureReports;
import cz.digidig.smtp.delivery.MessageStore;
import cz.digidig.smtp.delivery.RemoteScheduler;
import cz.digidig.smtp.delivery.Settlement;
import cz.digidig.smtp.dns.DnsTable;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.routing.MailRouting;
import cz.digidig.smtp.routing.Ourselves;
import cz.digidig.smtp.settings.DomainLimits;
import cz.digidig.smtp.settings.OutboundLimits;
import cz.digidig.smtp.settings.RetryLimits;
import cz.digidig.smtp.settings.SmtpSettings;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolSettings;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.spool.TargetState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** The queue by REST; the schedulers are there but were not started. */
class QueueControllerTest {
    private static final Authentication ADMIN = new UsernamePasswordAuthenticationToken("admin", "");
    private static final Duration LONG = Duration.ofDays(1);
    private static final RetryLimits RETRY = new RetryLimits(List.of(LONG), LONG, LONG, LONG);

    @TempDir
    Path folder;

    private Spool spool;
    private QueueController queue;

    @BeforeEach
    void start() throws IOException {
        Clock clock = Clock.systemUTC();
        spool = Spool.open(new SpoolSettings(folder, 1 << 20, 1 << 16, 1 << 20, 0, Long.MAX_VALUE), clock);
        FailureReports reports = new FailureReports(spool, _ -> Optional.empty(), () -> "mail.test", clock);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Settlement settlement = new Settlement(spool, reports, clock, registry);
        DeliveryScheduler local = new DeliveryScheduler(
                spool,
                (_, _) -> new MessageStore.Outcome.Unavailable("not in this test"),
                settlement,
                new DeliveryProperties(1, 1, 1, LONG, LONG),
                () -> RETRY,
                clock);
        OutboundLimits limits = new OutboundLimits(25, 1, 1, 1, 1, 1, LONG, LONG);
        Ourselves us = new Ourselves() {
            @Override
            public boolean named(String host) {
                return false;
            }

            @Override
            public boolean listensAt(InetAddress address, int port) {
                return false;
            }
        };
        RemoteScheduler remote = new RemoteScheduler(
                spool,
                new MailRouting(
                        () -> SmtpSettings.of("mail.test", List.of()), () -> limits, new DnsTable(), us, new Random(1)),
                new SmtpClient(
                        new ClientLimits(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, 1),
                        () -> Origin.named("mail.test")),
                _ -> Optional.of(List.of()),
                reports,
                settlement,
                () -> limits,
                () -> RETRY,
                way -> new DomainLimits(way, 1, 0),
                clock,
                registry);
        queue = new QueueController(spool, local, remote);
    }

    @AfterEach
    void stop() {
        spool.close();
    }

    private QueuedMessage accept() throws IOException {
        return accept("a@digidig.test", "x@elsewhere.test");
    }

    private QueuedMessage accept(String from, String... recipients) throws IOException {
        QueueId id = spool.nextId();
        MessageBuffer buffer = spool.newBuffer(id);
        buffer.write("Subject: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        Envelope envelope = new Envelope(
                Clock.systemUTC().instant(),
                "0123456789abcdef0123456789abcdef",
                ReversePath.of(from),
                "",
                false,
                MailCommand.Body.SEVEN_BIT,
                MailCommand.Return.UNSAID,
                "",
                Arrays.stream(recipients)
                        .map(to -> new Recipient(to, Set.of(), "", List.of(new Target.Remote(to))))
                        .toList());
        return spool.accept(id, envelope, buffer);
    }

    @Test
    void oneMessageShowsWhatItsServersSaid() throws IOException {
        QueuedMessage message = accept();
        long later = Clock.systemUTC().millis() + 1_000_000;
        String reply = "4.2.0 mx.elsewhere.test [192.0.2.1] said to RCPT: 450-4.2.0 grey\n450 4.2.0 list";
        spool.record(message, Map.of(0, new TargetState(TargetState.Status.PENDING, 3, later, reply)));
        QueueEntry entry = queue.one(message.id().toString());
        assertThat(entry.recipients())
                .containsExactly(new QueueEntry.QueueRecipient(
                        "x@elsewhere.test",
                        "x@elsewhere.test",
                        "remote",
                        "pending",
                        3,
                        Instant.ofEpochMilli(later),
                        reply,
                        List.of()));
        assertThat(queue.list(10, "", QueueFilter.ALL).items())
                .extracting(QueueEntry::id)
                .containsExactly(entry.id());
    }

    @Test
    void aRetryMakesItDueNow() throws IOException {
        QueuedMessage message = accept();
        long later = Clock.systemUTC().millis() + 1_000_000;
        spool.record(message, Map.of(0, new TargetState(TargetState.Status.PENDING, 3, later, "4.2.0 grey")));
        QueueEntry entry = queue.retry(message.id().toString(), ADMIN);
        assertThat(entry.recipients().getFirst().nextAttempt())
                .isBeforeOrEqualTo(Clock.systemUTC().instant());
        assertThat(entry.recipients().getFirst().attempts()).isEqualTo(3);
    }

    @Test
    void aDeletedMessageIsGone() throws IOException {
        QueuedMessage message = accept();
        queue.delete(message.id().toString(), ADMIN);
        assertThat(spool.messages()).isEmpty();
        assertThatThrownBy(() -> queue.one(message.id().toString()))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void whatIsNoIdIsNotFound() {
        for (String id : List.of("", "none", "../x", "T42YBWWYGT42YBWWYG")) {
            assertThatThrownBy(() -> queue.delete(id, ADMIN)).isInstanceOf(ProblemException.class);
        }
    }

    private void state(QueuedMessage message, int destination, int attemptCount, String diagnostic) {
        spool.record(
                message, Map.of(destination, new TargetState(TargetState.Status.PENDING, attemptCount, 1, diagnostic)));
    }

    private List<String> found(QueueFilter filter) {
        return queue.list(100, "", filter).items().stream()
                .map(QueueEntry::from)
                .toList();
    }

    private static QueueFilter filter(String field, String value) {
        return new QueueFilter(
                field.equals("id") ? value : null,
                field.equals("sender") ? value : null,
                field.equals("recipient") ? value : null,
                field.equals("domain") ? value : null,
                field.equals("state") ? value : null,
                field.equals("text") ? value : null,
                field.equals("olderThan") ? Long.valueOf(value) : null,
                field.equals("youngerThan") ? Long.valueOf(value) : null);
    }

    @Test
    void theQueueIsSearched() throws IOException {
        QueuedMessage one = accept("one@digidig.test", "x@a.test", "y@b.test");
        QueuedMessage two = accept("two@other.test", "z@A.test");
        accept("", "bounce@c.test");
        state(one, 1, 2, "4.2.0 mx.b.test said to RCPT: 450 4.2.0 Greylisted");
        queue.hold(two.id().toString(), ADMIN);
        String dsn = "";
        String first = "one@digidig.test";
        String second = "two@other.test";
        assertThat(found(QueueFilter.ALL)).containsExactly(first, second, dsn);
        assertThat(found(filter("id", two.id().toString()))).containsExactly(second);
        assertThat(found(filter("sender", "OTHER"))).containsExactly(second);
        assertThat(found(filter("sender", "<>"))).containsExactly(dsn);
        assertThat(found(filter("recipient", "@a."))).containsExactly(first, second);
        assertThat(found(filter("domain", "a.test"))).containsExactly(first, second);
        assertThat(found(filter("domain", "test"))).isEmpty();
        assertThat(found(filter("state", "held"))).containsExactly(second);
        assertThat(found(filter("state", "deferred"))).containsExactly(first);
        assertThat(found(filter("state", "new"))).containsExactly(first, dsn);
        assertThat(found(filter("text", "greylisted"))).containsExactly(first);
        assertThat(found(filter("olderThan", "3600"))).isEmpty();
        assertThat(found(filter("youngerThan", "3600"))).hasSize(3);
    }

    @Test
    void pagesFollowEachOther() throws IOException {
        for (int i = 0; i < 25; i++) {
            accept("a@" + (i % 2 == 0 ? "even" : "odd") + ".test", "x@elsewhere.test");
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        int pages = 0;
        while (after != null) {
            QueueController.QueuePage page = queue.list(5, after, filter("sender", "even"));
            page.items().forEach(entry -> seen.add(entry.id()));
            assertThat(page.total()).isEqualTo(25);
            after = page.next();
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(13).isSorted().doesNotHaveDuplicates();
        assertThatThrownBy(() -> queue.list(5, "no id!", QueueFilter.ALL)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsHeldWaitsOverARestartUntilItIsReleased() throws IOException {
        QueuedMessage message = accept("a@digidig.test", "x@a.test", "y@b.test");
        queue.bulk(new QueueController.BulkAction("hold", filter("domain", "b.test")), ADMIN);
        assertThat(message.pending()).hasSize(1);
        // An attempt that ran meanwhile does not release it; a retry neither.
        state(message, 1, 1, "4.0.0 later");
        queue.retry(message.id().toString(), ADMIN);
        spool.close();

        start();
        String id = message.id().toString();
        QueueEntry entry = queue.one(id);
        assertThat(entry.recipients())
                .extracting(QueueEntry.QueueRecipient::state)
                .containsExactly("pending", "held");
        assertThat(entry.recipients().get(1).detail()).isEqualTo("4.0.0 later");
        QueueEntry released = queue.release(id, ADMIN);
        assertThat(released.recipients())
                .extracting(QueueEntry.QueueRecipient::state)
                .containsOnly("pending");
    }

    @Test
    void aDeliveryThatEndsWhileItIsHeldIsOver() throws IOException {
        QueuedMessage message = accept();
        queue.hold(message.id().toString(), ADMIN);
        assertThat(spool.messages()).hasSize(1);
        spool.record(message, Map.of(0, new TargetState(TargetState.Status.DELIVERED, 1, 0, "2.0.0 ok")));
        assertThat(spool.messages()).isEmpty();
    }

    @Test
    void manyAreActedOnAtOnce() throws IOException {
        QueuedMessage both = accept("a@digidig.test", "x@a.test", "y@b.test");
        accept("b@digidig.test", "z@a.test");
        assertThat(queue.bulk(new QueueController.BulkAction("delete", filter("domain", "a.test")), ADMIN))
                .isEqualTo(new QueueActions.Count(2, 2));
        assertThat(found(QueueFilter.ALL)).containsExactly("a@digidig.test");
        assertThat(both.open()).extracting(open -> open.recipient().address()).containsExactly("y@b.test");
        assertThat(queue.bulk(new QueueController.BulkAction("hold", QueueFilter.ALL), ADMIN))
                .isEqualTo(new QueueActions.Count(1, 1));
        assertThat(queue.bulk(new QueueController.BulkAction("hold", QueueFilter.ALL), ADMIN))
                .isEqualTo(new QueueActions.Count(0, 0));
    }
}
