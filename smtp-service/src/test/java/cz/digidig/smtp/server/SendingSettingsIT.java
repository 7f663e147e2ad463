package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cz.digidig.smtp.delivery.ScriptedSink;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How mail goes elsewhere. */
@RunningService
class SendingSettingsIT {
    private final SettingsClient service;
    private final Spool spool;

    SendingSettingsIT(@LocalServerPort int port, @Autowired JsonMapper json, @Autowired Spool spool) {
        service = new SettingsClient(port, json);
        this.spool = spool;
    }

    @BeforeEach
    void defaults() throws Exception {
        service.defaults();
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    @Test
    void outbound() throws Exception {
        ScriptedSink sink = service.sink();
        service.change("{\"outbound\":{\"ehloName\":\"out.example.org\",\"sourceIpv4\":\"127.0.0.9\",\"recipients\":1},"
                + SettingsClient.smartHost(sink, "") + "}");
        service.mail("both@digidig.test", "Subject: x\r\n\r\nx");
        await().until(() -> sink.received.size() == 2);
        assertThat(sink.received).allSatisfy(one -> assertThat(one.to()).hasSize(1));
        assertThat(sink.commands).contains("EHLO out.example.org");
        assertThat(sink.clients).extracting(InetAddress::getHostAddress).containsOnly("127.0.0.9");

        service.change("{\"outbound\":{\"messagesPerMinute\":60,\"recipients\":100},"
                + SettingsClient.smartHost(sink, "") + "}");
        long started = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            service.mail("out@digidig.test", "Subject: " + i + "\r\n\r\nx");
        }
        await().until(() -> sink.received.size() == 5);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(1900));

        assertThat(service.refused(409, "{\"outbound\":{\"sourceIpv4\":\"192.0.2.1\"}}")
                        .get("detail")
                        .asString())
                .contains("outbound.sourceIpv4");
        service.invalid("outbound.sourceIpv4", "{\"outbound\":{\"sourceIpv4\":\"::1\"}}");
        service.invalid("outbound.sourceIpv6", "{\"outbound\":{\"sourceIpv6\":\"127.0.0.1\"}}");
        service.invalid("outbound.ehloName", "{\"outbound\":{\"ehloName\":\"a b\"}}");
        for (String field : List.of("connections", "connectionsPerDomain", "recipients")) {
            service.invalid("outbound." + field, "{\"outbound\":{\"" + field + "\":0}}");
        }
        service.invalid("outbound.messagesPerMinute", "{\"outbound\":{\"messagesPerMinute\":-1}}");
        service.invalid(
                "outbound.domains[0].connections",
                "{\"outbound\":{\"domains\":[{\"domain\":\"a.test\",\"connections\":0,\"messagesPerMinute\":0}]}}");
    }

    @Test
    void retry() throws Exception {
        ScriptedSink sink = service.sink();
        sink.script =
                (stage, _, connection) -> stage.equals("RCPT") && sink.commands.size() < 6 ? "450 4.2.0 later" : null;
        service.change("{\"retry\":{\"pauses\":[1]}," + SettingsClient.smartHost(sink, "") + "}");
        service.mail("out@digidig.test", "Subject: again\r\n\r\nx");
        await().atMost(Duration.ofSeconds(20)).until(() -> sink.received.size() == 1);
        assertThat(sink.commands.stream()
                        .filter(line -> line.startsWith("RCPT"))
                        .count())
                .isGreaterThan(1);
        service.invalid("retry.pauses", "{\"retry\":{\"pauses\":[]}}");
        service.invalid("retry.pauses[0]", "{\"retry\":{\"pauses\":[0]}}");
        service.invalid("retry.expiry", "{\"retry\":{\"expiry\":1}}");
        service.invalid("retry.mailboxFull", "{\"retry\":{\"mailboxFull\":1}}");
        service.invalid("retry.delayWarning", "{\"retry\":{\"delayWarning\":1}}");
    }

    @Test
    void theSourceAddressOverIpv6() throws Exception {
        try (ScriptedSink sink = new ScriptedSink(InetAddress.ofLiteral("::1"), 0, null)) {
            service.change("{\"outbound\":{\"sourceIpv6\":\"::1\"},"
                    + SettingsClient.smartHost(sink, "").replace("127.0.0.1", "::1") + "}");
            service.mail("out@digidig.test", "Subject: x\r\n\r\nx");
            await().until(() -> sink.received.size() == 1);
            assertThat(sink.clients).extracting(InetAddress::getHostAddress).containsOnly("0:0:0:0:0:0:0:1");
        }
        assertThat(service.refused(409, "{\"outbound\":{\"sourceIpv6\":\"2001:db8::1\"}}")
                        .get("detail")
                        .asString())
                .contains("outbound.sourceIpv6");
    }

    /** Where every delivery waits for an answer: how many come at once. */
    private int atOnce(String outbound) throws IOException, InterruptedException {
        ScriptedSink sink = service.sink();
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        sink.script = (stage, _, _) -> {
            if (stage.equals("RCPT")) {
                most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
                awaited(end);
                waiting.decrementAndGet();
            }
            return null;
        };
        service.change("{" + outbound + "," + SettingsClient.smartHost(sink, "") + "}");
        for (int i = 0; i < 6; i++) {
            service.mail("out@digidig.test", "Subject: " + i + "\r\n\r\nx");
        }
        await().until(() -> most.get() > 0);
        await().during(Duration.ofMillis(300)).until(() -> waiting.get() == most.get());
        end.countDown();
        await().until(() -> sink.received.size() == 6);
        return most.get();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void deliveriesAtOnceInAllAndToOneDomain() throws Exception {
        assertThat(atOnce("\"outbound\":{\"connections\":1,\"connectionsPerDomain\":4}"))
                .isEqualTo(1);
        assertThat(atOnce("\"outbound\":{\"connections\":8,\"connectionsPerDomain\":3}"))
                .isEqualTo(3);
        String own = "{\"domain\":\"127.0.0.1\",\"connections\":2,\"messagesPerMinute\":0}";
        assertThat(atOnce("\"outbound\":{\"connections\":8,\"connectionsPerDomain\":4,\"domains\":[" + own + "]}"))
                .isEqualTo(2);
    }

    /** Mail that has waited for two hours, to an address that is put off again and again; what its sender hears. */
    private String told(String retry) throws IOException, InterruptedException {
        ScriptedSink sink = service.sink();
        sink.script = (stage, line, _) -> stage.equals("RCPT") && line.contains("slow@") ? "450 4.2.0 later" : null;
        service.change("{\"retry\":" + retry + "," + SettingsClient.smartHost(sink, "") + "}");
        QueueId id = spool.nextId();
        MessageBuffer buffer = spool.newBuffer(id);
        buffer.write("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        String to = "slow@elsewhere.test";
        Envelope envelope = new Envelope(
                Instant.now(Clock.systemUTC()).minus(Duration.ofHours(2)),
                "0123456789abcdef0123456789abcdef",
                ReversePath.of("s@sender.test"),
                "",
                false,
                MailCommand.Body.SEVEN_BIT,
                MailCommand.Return.UNSAID,
                "",
                List.of(new Recipient(to, Set.of(), "", List.of(new Target.Remote(to)))));
        spool.accept(id, envelope, buffer);
        await().until(() -> sink.received.size() == 1);
        ScriptedSink.Received report = sink.received.getFirst();
        assertThat(report.from()).startsWith("MAIL FROM:<> ");
        assertThat(report.to()).containsExactly("s@sender.test");
        service.send("POST", "/api/queue/actions", "{\"action\":\"delete\",\"filter\":{}}");
        return report.data();
    }

    @Test
    void aDelayIsToldOfAndInTheEndItIsGivenUp() throws Exception {
        assertThat(told("{\"pauses\":[600],\"delayWarning\":3600}")).contains("Action: delayed");
        assertThat(told("{\"pauses\":[600],\"expiry\":3600}")).contains("Action: failed", "Status: 5.4.7");
    }

    @Test
    void nameServers() throws Exception {
        service.change("{\"dnsServers\":[\"127.0.0.1:1\"]}");
        JsonNode answer = service.tried("{\"smartHost\":{\"host\":\"relay.example\",\"port\":25}}");
        assertThat(answer.get("failedAt").asString()).isEqualTo("lookup");
        service.invalid("dnsServers[0]", "{\"dnsServers\":[\"127.0.0.1\"]}");
    }
}
