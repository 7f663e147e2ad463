package cz.digidig.smtp.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.smtp.client.ClientLimits;
import cz.digidig.smtp.client.SmtpClient;
import cz.digidig.smtp.delivery.DeliveryProperties;
import cz.digidig.smtp.delivery.DeliveryScheduler;
import cz.digidig.smtp.delivery.FailureReports;
import cz.digidig.smtp.delivery.MessageStore;
import cz.digidig.smtp.delivery.RemoteScheduler;
import cz.digidig.smtp.delivery.Settlement;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.routing.MailRouting;
import cz.digidig.smtp.routing.Ourselves;
import cz.digidig.smtp.settings.OutboundLimits;
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

    @TempDir
    Path folder;

    private Spool spool;
    private QueueController queue;

    @BeforeEach
    void start() throws IOException {
        Clock clock = Clock.systemUTC();
        spool = Spool.open(new SpoolSettings(folder, 1 << 20, 1 << 16, 1 << 20, 0), clock);
        FailureReports reports = new FailureReports(spool, _ -> Optional.empty(), () -> "mail.test", clock);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Settlement settlement = new Settlement(spool, reports, clock, registry);
        DeliveryScheduler local = new DeliveryScheduler(
                spool,
                (_, _) -> new MessageStore.Outcome.Unavailable("not in this test"),
                settlement,
                new DeliveryProperties(1, 1, 1, LONG, LONG, LONG, LONG),
                clock);
        OutboundLimits limits = new OutboundLimits(25, 1, 1, 1, 1, 1, LONG, LONG, List.of(LONG), LONG, LONG);
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
                new MailRouting(() -> SmtpSettings.of("mail.test", List.of()), limits, us, new Random(1)),
                new SmtpClient(
                        new ClientLimits(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, 1),
                        () -> "mail.test"),
                _ -> Optional.of(List.of()),
                reports,
                settlement,
                limits,
                clock,
                registry);
        queue = new QueueController(spool, local, remote);
    }

    @AfterEach
    void stop() {
        spool.close();
    }

    private QueuedMessage accept() throws IOException {
        QueueId id = spool.nextId();
        MessageBuffer buffer = spool.newBuffer(id);
        buffer.write("Subject: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        Envelope envelope = new Envelope(
                Clock.systemUTC().instant(),
                "0123456789abcdef0123456789abcdef",
                ReversePath.of("a@digidig.test"),
                "",
                false,
                MailCommand.Body.SEVEN_BIT,
                MailCommand.Return.UNSAID,
                "",
                List.of(new Recipient(
                        "x@elsewhere.test", Set.of(), "", List.of(new Target.Remote("x@elsewhere.test")))));
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
                        reply));
        assertThat(queue.list(10, "").items()).containsExactly(entry);
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
}
