package cz.digidig.smtp.delivery;

import static cz.digidig.smtp.delivery.OutboundRig.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.TargetState;
import cz.digidig.smtp.spool.TargetState.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One server that behaves in one way: what becomes of the mail. */
class OutboundBehaviourIT {
    @TempDir
    Path folder;

    private OutboundRig rig;
    private ScriptedSink sink;

    @BeforeEach
    void start() throws IOException {
        rig = new OutboundRig(folder);
        sink = rig.first();
        rig.start();
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    private static void awaitEnd(QueuedMessage message, Status status) {
        await().atMost(Duration.ofSeconds(20)).until(() -> message.pending().isEmpty());
        assertThat(state(message).status()).as(state(message).diagnostic()).isEqualTo(status);
    }

    private static @Nullable String atFirst(int connection, boolean there, String reply) {
        return there && connection == 1 ? reply : null;
    }

    @Test
    void aGoodServerGetsWhatWasSpooledOctetForOctet() throws IOException {
        QueuedMessage message = rig.send("a@sink.test", "b@sink.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(sink.received).singleElement().satisfies(received -> {
            assertThat(received.data()).isEqualTo(OutboundRig.TEXT);
            assertThat(received.to()).containsExactly("a@sink.test", "b@sink.test");
            assertThat(received.from())
                    .isEqualTo("MAIL FROM:<sender@digidig.test> SIZE=" + OutboundRig.TEXT.length()
                            + " RET=HDRS ENVID=env");
        });
        assertThat(sink.commands.getFirst()).isEqualTo("EHLO mail.digidig.test");
        assertThat(state(message).diagnostic())
                .isEqualTo("2.0.0 sink.test [127.0.1.1] said to the message: 250 2.0.0 taken");
    }

    @Test
    void aLargeMessageIsStreamed() throws IOException {
        String text = "Subject: x\r\n\r\n" + ".2345678901234567890\r\n".repeat(30_000) + "no line end";
        awaitEnd(rig.sendFrom("sender@digidig.test", text, "a@sink.test"), Status.DELIVERED);
        assertThat(sink.received.getFirst().data()).isEqualTo(text + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT,421 busy",
        "EHLO,421 busy",
        "MAIL,451 4.3.0 later",
        "RCPT,450 4.2.0 grey",
        "DATA,451 later",
        "END,452 4.3.1 full",
        "RCPT,421 4.7.0 enough"
    })
    void a4yzMeansAnotherTime(String stage, String reply) throws IOException {
        sink.script = (at, _, connection) -> atFirst(connection, at.equals(stage), reply);
        QueuedMessage message = rig.send("a@sink.test");
        await().until(() ->
                state(message).diagnostic().contains(reply) || !state(message).pending());
        sink.script = (_, _, _) -> null;
        awaitEnd(message, Status.DELIVERED);
        assertThat(state(message).attempts()).isGreaterThanOrEqualTo(2);
        assertThat(sink.received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT,554 no service here",
        "MAIL,550 5.7.1 not you",
        "RCPT,550 5.1.1 unknown",
        "DATA,554 5.0.0 no",
        "END,554 5.6.0 spam"
    })
    void a5yzMeansNeverAndTheSenderHearsWhy(String stage, String reply) throws IOException {
        sink.script = (at, _, _) -> at.equals(stage) ? reply : null;
        QueuedMessage message = rig.send("a@sink.test");
        awaitEnd(message, Status.FAILED);
        assertThat(state(message).diagnostic())
                .contains("sink.test [127.0.1.1] said ")
                .endsWith(": " + reply);
        assertThat(rig.reports()).singleElement().satisfies(report -> assertThat(report)
                .contains("Original-Envelope-Id: env\r\n")
                .contains("Final-Recipient: rfc822; a@sink.test\r\nAction: failed\r\nStatus: 5.")
                .contains("Remote-MTA: dns; sink.test\r\nDiagnostic-Code: smtp; " + reply + "\r\n"));
        assertThat(sink.received).isEmpty();
    }

    @Test
    void eachRecipientHasAnOutcomeOfItsOwn() throws IOException {
        sink.script = (stage, line, connection) -> {
            if (stage.equals("RCPT") && line.contains("never")) {
                return "550-5.1.1 no\r\n550 5.1.1 never";
            }
            return atFirst(connection, stage.equals("RCPT") && line.contains("later"), "450 4.2.0 later");
        };
        QueuedMessage message = rig.send("now@sink.test", "never@sink.test", "later@sink.test");
        await().until(() -> !message.state(0).pending());
        assertThat(message.state(0).status()).isEqualTo(Status.DELIVERED);
        assertThat(message.state(1).status()).isEqualTo(Status.FAILED);
        assertThat(message.state(1).diagnostic()).endsWith("said to RCPT: 550-5.1.1 no\n550 5.1.1 never");
        sink.script = (_, _, _) -> null;
        awaitEnd(message, Status.DELIVERED);
        assertThat(message.state(2).status()).isEqualTo(Status.DELIVERED);
        assertThat(sink.received)
                .extracting(received -> String.join(",", received.to()))
                .containsExactly("now@sink.test", "later@sink.test");
        assertThat(rig.reports()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "END"})
    void aDroppedConnectionMeansAnotherTime(String stage) throws IOException {
        sink.script = (at, _, connection) -> atFirst(connection, at.equals(stage), ScriptedSink.DROP);
        QueuedMessage message = rig.send("a@sink.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(state(message).attempts()).isEqualTo(2);
        assertThat(rig.counted("uncertain")).isEqualTo(stage.equals("END") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT,silence",
        "EHLO,silence",
        "MAIL,silence",
        "RCPT,silence",
        "DATA,silence",
        "END,silence",
        "CONNECT,drip",
        "RCPT,drip",
        "CONNECT,endless",
        "EHLO,endless",
        "RCPT,endless",
        "EHLO,endless line",
        "MAIL,endless line",
        "EHLO,what is this",
        "MAIL,200-a~250 b",
        "RCPT,999 what",
        "DATA,250 odd"
    })
    void aServerThatMakesNoSenseOrNoEndIsLeft(String stage, String reply) throws IOException {
        String text = reply.replace("~", "\r\n");
        sink.script = (at, _, connection) -> atFirst(connection, at.equals(stage), text);
        QueuedMessage message = rig.send("a@sink.test");
        await().until(() -> !state(message).diagnostic().isEmpty());
        sink.script = (_, _, _) -> null;
        awaitEnd(message, Status.DELIVERED);
        assertThat(state(message).attempts()).isGreaterThanOrEqualTo(2);
        assertThat(sink.received).hasSize(1);
    }

    @Test
    void aServerThatDoesNotReadTheMessageIsLeft() throws IOException {
        sink.script = (at, _, connection) -> atFirst(connection, at.equals("DATA"), ScriptedSink.DEAF);
        String text = "Subject: x\r\n\r\n" + "1234567890123456789\r\n".repeat(400_000);
        QueuedMessage message = rig.sendFrom("sender@digidig.test", text, "a@sink.test");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !state(message).diagnostic().isEmpty());
        assertThat(state(message).pending()).isTrue();
        assertThat(state(message).diagnostic()).startsWith("4.4.2 ").contains("timed out");
    }

    @Test
    void startTlsIsUsedWhateverTheCertificate() throws IOException {
        sink.script = (stage, _, _) -> stage.equals("EHLO") ? "250-sink\r\n250 STARTTLS" : null;
        QueuedMessage message = rig.send("a@sink.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(sink.received.getFirst().encrypted()).isTrue();
        assertThat(state(message).diagnostic()).endsWith("(TLSv1.3)");
    }

    @Test
    void brokenTlsMeansClearText() throws IOException {
        ScriptedSink broken = rig.sinkWithBrokenTls("broken.test");
        broken.script = (stage, _, _) -> stage.equals("EHLO") ? "250-sink\r\n250 STARTTLS" : null;
        QueuedMessage message = rig.send("a@broken.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(broken.connections).hasValue(2);
        assertThat(broken.received.getFirst().encrypted()).isFalse();
        assertThat(state(message).attempts()).isOne();
    }

    @Test
    void aRefusedStartTlsMeansClearText() throws IOException {
        sink.script = (stage, _, _) -> switch (stage) {
            case "EHLO" -> "250-sink\r\n250 STARTTLS";
            case "STARTTLS" -> "454 not now";
            default -> null;
        };
        awaitEnd(rig.send("a@sink.test"), Status.DELIVERED);
        assertThat(sink.connections).hasValue(1);
    }

    @Test
    void withoutPipeliningEachReplyIsWaitedFor() throws IOException {
        sink.script = (stage, _, _) -> stage.equals("EHLO") ? "250 sink" : null;
        awaitEnd(rig.send("a@sink.test", "b@sink.test", "c@sink.test"), Status.DELIVERED);
        assertThat(sink.pipelinedWithoutLeave).isFalse();
        assertThat(sink.received.getFirst().from()).isEqualTo("MAIL FROM:<sender@digidig.test>");
    }

    @Test
    void aServerThatDoesNotKnowEhloGetsHelo() throws IOException {
        sink.script = (stage, _, _) -> stage.equals("EHLO") ? "502 what" : null;
        awaitEnd(rig.send("a@sink.test"), Status.DELIVERED);
        assertThat(sink.commands).startsWith("EHLO mail.digidig.test", "HELO mail.digidig.test");
    }

    @Test
    void aMessageThatIsTooLargeIsNotEvenOffered() throws IOException {
        sink.script = (stage, _, _) -> stage.equals("EHLO") ? "250-sink\r\n250 SIZE 20" : null;
        QueuedMessage message = rig.send("a@sink.test");
        awaitEnd(message, Status.FAILED);
        assertThat(state(message).diagnostic()).startsWith("5.3.4 ");
        assertThat(sink.commands).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void internationalisedMailNeedsSmtpUtf8OnlyWhereItIs() throws IOException {
        sink.script = (stage, _, _) -> stage.equals("EHLO") ? "250-sink\r\n250 8BITMIME" : null;
        String header = "Subject: ž\r\n\r\nx\r\n";
        QueuedMessage inHeader = send(header, true, "a@sink.test");
        awaitEnd(inHeader, Status.FAILED);
        assertThat(state(inHeader).diagnostic()).startsWith("5.6.7 ");

        QueuedMessage inOneAddress = send("Subject: z\r\n\r\nž\r\n", true, "a@sink.test", "ž@sink.test");
        await().until(() -> inOneAddress.pending().isEmpty());
        assertThat(inOneAddress.state(0).status()).isEqualTo(Status.DELIVERED);
        assertThat(inOneAddress.state(1).diagnostic()).startsWith("5.6.7 ");

        rig.scheduler.close();
        rig.restart();
        sink.script = (_, _, _) -> null;
        awaitEnd(send(header, true, "ž@sink.test"), Status.DELIVERED);
        assertThat(sink.received.getLast().from()).contains(" BODY=8BITMIME SMTPUTF8");
        assertThat(sink.received.getLast().data()).isEqualTo(header);
    }

    private QueuedMessage send(String text, boolean utf8, String... recipients) throws IOException {
        return rig.accept("sender@digidig.test", text, Body.EIGHT_BIT_MIME, utf8, Set.of(), recipients);
    }

    @Test
    void eightBitContentNeeds8BitMime() throws IOException {
        sink.script = (stage, _, _) -> stage.equals("EHLO") ? "250 sink" : null;
        QueuedMessage eightBit = send("Subject: z\r\n\r\nž\r\n", false, "a@sink.test");
        awaitEnd(eightBit, Status.FAILED);
        assertThat(state(eightBit).diagnostic()).startsWith("5.6.3 ");
        awaitEnd(send("Subject: z\r\n\r\nz\r\n", false, "a@sink.test"), Status.DELIVERED);
    }

    @Test
    void whatTheSenderWantsToHearOfGoesAlong() throws IOException {
        QueuedMessage message = rig.accept(
                "", OutboundRig.TEXT, Body.SEVEN_BIT, false, Set.of(Notify.SUCCESS, Notify.DELAY), "a@sink.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(sink.commands).contains("RCPT TO:<a@sink.test> NOTIFY=DELAY,SUCCESS");
        assertThat(sink.received.getFirst().from()).startsWith("MAIL FROM:<> ");
    }

    @Test
    void nobodyHearsOfAFailureWhoDoesNotWantTo() throws IOException {
        sink.script = (stage, _, _) -> stage.equals("RCPT") ? "550 no" : null;
        awaitEnd(rig.sendFrom("", OutboundRig.TEXT, "a@sink.test"), Status.FAILED);
        awaitEnd(
                rig.accept(
                        "sender@digidig.test",
                        OutboundRig.TEXT,
                        Body.SEVEN_BIT,
                        false,
                        Set.of(Notify.NEVER),
                        "a@sink.test"),
                Status.FAILED);
        assertThat(rig.reports()).isEmpty();
    }

    @Test
    void aServerThatCannotBeReachedMeansAnotherTime() throws IOException {
        sink.close();
        QueuedMessage message = rig.send("a@sink.test");
        await().until(() -> state(message).attempts() > 1);
        TargetState waiting = state(message);
        assertThat(waiting.pending()).isTrue();
        assertThat(waiting.diagnostic()).startsWith("4.4.1 sink.test [127.0.1.1] port ");
    }
}
