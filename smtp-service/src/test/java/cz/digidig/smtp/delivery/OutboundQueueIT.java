package cz.digidig.smtp.delivery;

import static cz.digidig.smtp.delivery.OutboundRig.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.TargetState.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail to elsewhere in the queue: retries, their end, restarts, connections. */
class OutboundQueueIT {
    @TempDir
    Path folder;

    private OutboundRig rig;
    private ScriptedSink sink;

    @BeforeEach
    void start() throws IOException {
        rig = new OutboundRig(folder);
        sink = rig.first();
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    @Test
    void whatWaitsTooLongIsGivenUpWithTheLastReply() throws IOException {
        sink.script = (stage, _, _) -> stage.equals("RCPT") ? "450 4.2.0 grey" : null;
        rig.start();
        QueuedMessage message = rig.send("a@sink.test");
        await().until(() -> state(message).attempts() > 2);
        // From now on the next pause is far longer than the message may wait: the last attempt is at its end.
        Duration age = Duration.between(message.envelope().received(), Instant.now());
        rig.retry = OutboundRig.retry(Duration.ofDays(1), age.plusMillis(500), Duration.ofDays(1));
        await().until(() -> !state(message).pending());
        assertThat(state(message).status()).isEqualTo(Status.FAILED);
        assertThat(state(message).attempts()).isGreaterThan(2);
        assertThat(state(message).diagnostic()).isEqualTo("5.4.7 sink.test [127.0.1.1] said to RCPT: 450 4.2.0 grey");
        assertThat(rig.reports()).singleElement().satisfies(report -> assertThat(report)
                .contains("Action: failed\r\nStatus: 5.4.7\r\n")
                .contains("Diagnostic-Code: smtp; 450 4.2.0 grey\r\n"));
    }

    @Test
    void theSenderHearsOfADelayOnce() throws IOException {
        rig.retry = OutboundRig.retry(Duration.ofMillis(100), Duration.ofDays(1), Duration.ofMillis(300));
        sink.script = (stage, _, _) -> stage.equals("RCPT") ? "450 4.2.0 grey" : null;
        rig.restart();
        QueuedMessage told = rig.send("a@sink.test");
        QueuedMessage untold = rig.accept(
                "sender@digidig.test", OutboundRig.TEXT, Body.SEVEN_BIT, false, Set.of(Notify.FAILURE), "b@sink.test");
        await().until(() -> state(told).attempts() > 8 && state(untold).attempts() > 8);
        assertThat(rig.reports()).singleElement().satisfies(report -> assertThat(report)
                .contains("Subject: Delayed mail (still being tried)\r\n")
                .contains("Final-Recipient: rfc822; a@sink.test\r\nAction: delayed\r\nStatus: 4.2.0\r\n")
                .contains("Will-Retry-Until: "));
    }

    @Test
    void aRestartLosesNothingAndRepeatsNothing() throws IOException {
        sink.script = (stage, line, _) -> stage.equals("RCPT") && line.contains("later") ? "450 later" : null;
        rig.start();
        QueuedMessage message = rig.send("now@sink.test", "later@sink.test");
        await().until(() -> !message.state(0).pending() && message.state(1).attempts() > 0);
        rig.restart();
        QueuedMessage found = rig.spool.message(message.id()).orElseThrow();
        assertThat(found.state(0).status()).isEqualTo(Status.DELIVERED);
        assertThat(found.state(1).diagnostic()).endsWith("450 later");
        sink.script = (_, _, _) -> null;
        await().until(() -> found.pending().isEmpty());
        assertThat(sink.received)
                .extracting(received -> String.join(",", received.to()))
                .containsExactly("now@sink.test", "later@sink.test");
    }

    @Test
    void oneDomainGetsFewConnectionsAndOthersAreNotHeldUp() throws IOException {
        rig.retry = OutboundRig.retry(Duration.ofSeconds(30), Duration.ofDays(1), Duration.ofDays(1));
        rig.clientLimits = OutboundRig.clientLimits(Duration.ofSeconds(20), Duration.ofSeconds(20));
        ScriptedSink other = rig.sink("other.test");
        sink.script = (stage, _, _) -> stage.equals("END") ? ScriptedSink.SILENCE : null;
        rig.restart();
        for (int i = 0; i < 40; i++) {
            rig.send("a@sink.test");
        }
        for (int i = 0; i < 20; i++) {
            rig.send("a@other.test");
        }
        await().until(() -> other.received.size() == 20);
        assertThat(sink.mostOpen).hasValueLessThanOrEqualTo(3);
        assertThat(other.mostOpen).hasValueLessThanOrEqualTo(3);
        sink.close();
    }

    @Test
    void aConnectionIsUsedAgainAndLeftWithQuit() throws IOException {
        rig.clientLimits = OutboundRig.clientLimits(Duration.ofSeconds(5), Duration.ofSeconds(1));
        rig.restart();
        for (int i = 0; i < 5; i++) {
            QueuedMessage message = rig.send("a@sink.test");
            await().until(() -> !state(message).pending());
        }
        assertThat(sink.received).hasSize(5);
        assertThat(sink.connections).hasValue(1);
        await().until(() -> sink.commands.contains("QUIT"));
    }

    @Test
    void aKeptConnectionThatTheServerHasClosedCostsNothing() throws IOException {
        sink.script = (stage, line, connection) ->
                stage.equals("MAIL") && connection == 1 && sink.received.size() == 1 ? ScriptedSink.DROP : null;
        rig.start();
        for (int i = 0; i < 2; i++) {
            QueuedMessage message = rig.send("a@sink.test");
            await().until(() -> !state(message).pending());
            assertThat(state(message).attempts()).isOne();
        }
        assertThat(sink.connections).hasValue(2);
    }

    @Test
    void manyMessagesToManyDomainsAllArriveOnce() throws IOException {
        List<String> domains = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            domains.add("d" + i + ".test");
            rig.dns.mx(domains.get(i), 10, "sink.test");
        }
        rig.start();
        for (int i = 0; i < 200; i++) {
            rig.send("n" + i + "@" + domains.get(i % 20));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> rig.spool.messages().isEmpty());
        assertThat(sink.received).hasSize(200);
        assertThat(sink.received)
                .extracting(received -> received.to().getFirst())
                .doesNotHaveDuplicates();
        assertThat(rig.counted("delivered")).isEqualTo(200);
    }
}
