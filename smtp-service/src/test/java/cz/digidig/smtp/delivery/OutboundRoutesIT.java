package cz.digidig.smtp.delivery;

import static cz.digidig.smtp.delivery.OutboundRig.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cz.digidig.common.net.TlsMode;
import cz.digidig.smtp.settings.SmartHost;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.TargetState.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where mail goes: MX, addresses, smart hosts, and never back. */
class OutboundRoutesIT {
    @TempDir
    Path folder;

    private OutboundRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new OutboundRig(folder);
        rig.start();
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    private static void awaitEnd(QueuedMessage message, Status status) {
        await().until(() -> !state(message).pending());
        assertThat(state(message).status()).as(state(message).diagnostic()).isEqualTo(status);
    }

    private static void awaitTrouble(QueuedMessage message, String text) {
        await().until(() -> state(message).diagnostic().contains(text));
        assertThat(state(message).pending()).isTrue();
    }

    @Test
    void theLowestPreferenceComesFirstAndTheNextOneHelpsOut() throws IOException {
        ScriptedSink best = rig.sink("mx1.sink.test");
        ScriptedSink other = rig.sink("mx2.sink.test");
        rig.dns.mx("two.test", 10, "mx1.sink.test").mx("two.test", 20, "mx2.sink.test");
        awaitEnd(rig.send("a@two.test"), Status.DELIVERED);
        assertThat(best.received).hasSize(1);
        best.close();
        QueuedMessage message = rig.send("b@two.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(other.received).hasSize(1);
        assertThat(state(message).attempts()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT,554 no service",
        "CONNECT,421 busy",
        "EHLO,421 busy",
        "MAIL,451 later",
        "RCPT,450 later",
        "DATA,451 later",
        "END,451 later",
        "RCPT,drop",
        "DATA,drop"
    })
    void whatOneServerCannotTakeTheNextOneGets(String stage, String reply) throws IOException {
        rig.sink("mx1.sink.test").script = (at, _, _) -> at.equals(stage) ? reply : null;
        ScriptedSink other = rig.sink("mx2.sink.test");
        rig.dns.mx("two.test", 10, "mx1.sink.test").mx("two.test", 20, "mx2.sink.test");
        QueuedMessage message = rig.send("a@two.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(other.received).hasSize(1);
        assertThat(state(message).attempts()).isOne();
    }

    @Test
    void aDomainWithoutMxIsItsOwnServerAndAliasesAreFollowed() throws IOException {
        awaitEnd(rig.send("a@sink.test"), Status.DELIVERED);
        rig.dns.alias("alias.test", "sink.test").mx("third.test", 10, "alias.test");
        awaitEnd(rig.send("a@third.test"), Status.DELIVERED);
        assertThat(rig.first().received).hasSize(2);
    }

    @Test
    void aDomainThatTakesNoMailOrIsNotThereOrHasNoAddressIsALastingFailure() throws IOException {
        rig.dns.mx("null.test", 0, ".").mx("lost.test", 10, "nowhere.test");
        QueuedMessage nullMx = rig.send("a@null.test");
        QueuedMessage unknown = rig.send("a@unknown.test");
        QueuedMessage lost = rig.send("a@lost.test");
        awaitEnd(nullMx, Status.FAILED);
        awaitEnd(unknown, Status.FAILED);
        awaitEnd(lost, Status.FAILED);
        assertThat(state(nullMx).diagnostic()).startsWith("5.1.10 ");
        assertThat(state(unknown).diagnostic()).startsWith("5.1.2 ");
        assertThat(state(lost).diagnostic()).startsWith("5.4.4 ");
        assertThat(rig.reports()).hasSize(3);
    }

    @Test
    void nameServersThatFailOrAreSilentOnlyDelay() throws IOException {
        rig.dns.failing("sink.test", true);
        rig.dns.silent("silent.test");
        QueuedMessage failing = rig.send("a@sink.test");
        QueuedMessage silent = rig.send("a@silent.test");
        awaitTrouble(failing, "4.4.3 ");
        awaitTrouble(silent, "4.4.3 ");
        rig.dns.failing("sink.test", false);
        awaitEnd(failing, Status.DELIVERED);
        assertThat(state(silent).pending()).isTrue();
    }

    @Test
    void otherNameServersAreAskedFromTheNextAttemptOn() throws IOException {
        String good = rig.dns.server();
        rig.dnsServers = List.of("127.0.0.1:1");
        QueuedMessage message = rig.send("a@sink.test");
        awaitTrouble(message, "4.4.3 ");
        rig.dnsServers = List.of("127.0.0.1:1", good);
        awaitEnd(message, Status.DELIVERED);
    }

    @Test
    void aSilentNameServerDoesNotKeepTheOthersFromAnswering() throws IOException {
        try (ScriptedDns silent = new ScriptedDns()) {
            silent.silent("sink.test");
            rig.dnsServers = List.of(silent.server(), rig.dns.server());
            QueuedMessage message = rig.send("a@sink.test");
            awaitEnd(message, Status.DELIVERED);
            assertThat(state(message).attempts()).isOne();
        }
    }

    @Test
    void mailNeverComesBackHere() throws IOException {
        rig.ourselves = rig.first();
        rig.dns.mx("named.test", 10, "mail.digidig.test");
        rig.dns.mx("addressed.test", 10, "sink.test");
        QueuedMessage named = rig.send("a@named.test");
        QueuedMessage addressed = rig.send("a@addressed.test");
        awaitEnd(named, Status.FAILED);
        awaitEnd(addressed, Status.FAILED);
        assertThat(state(named).diagnostic()).startsWith("5.4.6 ");
        assertThat(state(addressed).diagnostic()).startsWith("5.4.6 ");
        assertThat(rig.first().connections).hasValue(0);
    }

    @Test
    void beforeThisServerInTheOrderOthersMayTakeMail() throws IOException {
        ScriptedSink best = rig.sink("mx1.sink.test");
        rig.dns
                .mx("two.test", 10, "mx1.sink.test")
                .mx("two.test", 20, "mail.digidig.test")
                .mx("two.test", 30, "sink.test");
        best.script = (stage, _, connection) -> stage.equals("CONNECT") && connection == 1 ? "421 busy" : null;
        QueuedMessage message = rig.send("a@two.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(state(message).attempts()).isEqualTo(2);
        assertThat(rig.first().connections).hasValue(0);
    }

    private SmartHost smartHost(
            ScriptedSink sink, List<String> domains, TlsMode tls, @Nullable Boolean required, String user) {
        return new SmartHost(
                domains, sink.address().getHostAddress(), sink.port(), tls, required, false, user, "pass word");
    }

    @Test
    void aSmartHostTakesEverythingInOneTransactionAfterALogInUnderTls() throws IOException {
        ScriptedSink host = rig.sink("smart.test");
        host.script =
                (stage, _, _) -> stage.equals("EHLO") ? "250-smart\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN" : null;
        rig.smartHosts = List.of(smartHost(host, List.of(), TlsMode.STARTTLS, null, "us"));
        QueuedMessage message = rig.send("a@one.test", "b@two.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(host.received).singleElement().satisfies(received -> {
            assertThat(received.to()).containsExactly("a@one.test", "b@two.test");
            assertThat(received.encrypted()).isTrue();
        });
        assertThat(host.commands).contains("AUTH PLAIN AHVzAHBhc3Mgd29yZA==");
        assertThat(rig.dns.questions()).isZero();
    }

    @Test
    void aSmartHostMayKnowLoginAloneAndSpeakTlsFromTheFirstOctet() throws IOException {
        ScriptedSink host = rig.sink("smart.test");
        host.implicitTls = true;
        host.script = (stage, _, _) -> stage.equals("EHLO") ? "250-smart\r\n250 AUTH=LOGIN" : null;
        rig.smartHosts = List.of(smartHost(host, List.of(), TlsMode.IMPLICIT, null, "us"));
        awaitEnd(rig.send("a@one.test"), Status.DELIVERED);
        assertThat(host.commands).containsSequence("AUTH LOGIN", "dXM=", "cGFzcyB3b3Jk");
    }

    @Test
    void theSendersDomainMayHaveASmartHostOfItsOwn() throws IOException {
        ScriptedSink general = rig.sink("smart1.test");
        ScriptedSink special = rig.sink("smart2.test");
        rig.smartHosts = List.of(
                smartHost(general, List.of(), TlsMode.NONE, null, ""),
                smartHost(special, List.of("digidig.test"), TlsMode.NONE, null, ""));
        awaitEnd(rig.send("a@one.test"), Status.DELIVERED);
        awaitEnd(rig.sendFrom("x@other.test", OutboundRig.TEXT, "a@one.test"), Status.DELIVERED);
        assertThat(special.received).hasSize(1);
        assertThat(general.received).hasSize(1);
    }

    @Test
    void withoutTheTlsThatIsRequiredNothingIsSentAndNoPasswordEver() throws IOException {
        ScriptedSink host = rig.sink("smart.test");
        host.script = (stage, _, _) -> stage.equals("EHLO") ? "250-smart\r\n250 AUTH PLAIN" : null;
        rig.smartHosts = List.of(smartHost(host, List.of(), TlsMode.STARTTLS, true, ""));
        QueuedMessage message = rig.send("a@one.test");
        awaitTrouble(message, "offers no STARTTLS");
        rig.smartHosts = List.of(smartHost(host, List.of(), TlsMode.STARTTLS, false, "us"));
        awaitTrouble(message, "no password is sent in clear text");
        assertThat(host.commands).noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
        rig.smartHosts = List.of(smartHost(host, List.of(), TlsMode.STARTTLS, false, ""));
        awaitEnd(message, Status.DELIVERED);
    }

    @Test
    void aCertificateThatMustBeGoodAndIsNotOnlyDelays() throws IOException {
        ScriptedSink host = rig.sink("smart.test");
        host.script = (stage, _, _) -> stage.equals("EHLO") ? "250-smart\r\n250 STARTTLS" : null;
        rig.smartHosts =
                List.of(new SmartHost(null, "smart.test", host.port(), TlsMode.STARTTLS, true, null, null, null));
        awaitTrouble(rig.send("a@one.test"), "4.7.5 ");
        assertThat(host.received).isEmpty();
    }

    @Test
    void aLogInThatFailsOnlyDelays() throws IOException {
        ScriptedSink host = rig.sink("smart.test");
        host.script = (stage, _, _) -> switch (stage) {
            case "EHLO" -> "250-smart\r\n250 AUTH PLAIN";
            case "AUTH" -> "535 5.7.8 no";
            default -> null;
        };
        rig.smartHosts = List.of(smartHost(host, List.of(), TlsMode.NONE, null, "us"));
        QueuedMessage message = rig.send("a@one.test");
        awaitTrouble(message, "said to AUTH: 535 5.7.8 no");
        host.script = (stage, _, _) -> stage.equals("EHLO") ? "250-smart\r\n250 AUTH PLAIN" : null;
        awaitEnd(message, Status.DELIVERED);
    }

    @Test
    void addressesOfBothKindsAreTried() throws IOException {
        rig.dns
                .address("both.test", InetAddress.ofLiteral("::1"))
                .address("both.test", rig.first().address());
        QueuedMessage message = rig.send("a@both.test");
        awaitEnd(message, Status.DELIVERED);
        assertThat(state(message).attempts()).isOne();
    }
}
