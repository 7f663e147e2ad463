package cz.digidig.smtp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.dns.CurrentDns;
import cz.digidig.smtp.dns.DnsAnswer;
import cz.digidig.smtp.dns.MailExchange;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of a name server on loopback, good ones and others. */
class NameServersIT {
    private ScriptedDns server;
    private CurrentDns dns;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedDns();
        dns = dns(server.server());
    }

    private static CurrentDns dns(String server) {
        return new CurrentDns(() -> List.of(server), Duration.ofMillis(500), Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void recordsAreValues() {
        server.text("example.org", "one", " two")
                .mx("example.org", 20, "b.example.org")
                .mx("example.org", 10, "A.example.org")
                .address("example.org", InetAddress.ofLiteral("192.0.2.1"))
                .address("example.org", InetAddress.ofLiteral("2001:db8::1"))
                .alias("www.example.org", "example.org")
                .pointer("1.2.0.192.in-addr.arpa", "Host.example.org");
        assertThat(dns.text("www.example.org")).isEqualTo(new DnsAnswer.Found<>(List.of("one two")));
        assertThat(dns.exchanges("example.org"))
                .isEqualTo(new DnsAnswer.Found<>(
                        List.of(new MailExchange(10, "a.example.org"), new MailExchange(20, "b.example.org"))));
        assertThat(dns.ipv4("example.org"))
                .isEqualTo(new DnsAnswer.Found<>(List.of(InetAddress.ofLiteral("192.0.2.1"))));
        assertThat(dns.ipv6("example.org."))
                .isEqualTo(new DnsAnswer.Found<>(List.of(InetAddress.ofLiteral("2001:db8::1"))));
        assertThat(dns.names(InetAddress.ofLiteral("192.0.2.1")))
                .isEqualTo(new DnsAnswer.Found<>(List.of("host.example.org")));
    }

    @Test
    void whatIsNotThereIsMissing() {
        server.text("example.org", "x");
        assertThat(dns.ipv4("example.org")).isEqualTo(new DnsAnswer.Missing<>(true));
        assertThat(dns.text("nothing.example")).isEqualTo(new DnsAnswer.Missing<>(false));
        for (String notAName : List.of("a..b", "a".repeat(64) + ".example", "a.".repeat(130) + "example", "a\\999")) {
            assertThat(dns.text(notAName)).isEqualTo(new DnsAnswer.Missing<>(false));
        }
    }

    @Test
    void aLongTextComesOverTcpOrFails() {
        server.text(
                "long.example",
                IntStream.range(0, 3).mapToObj(_ -> "x".repeat(250)).toArray(String[]::new));
        assertThat(dns.text("long.example")).isEqualTo(new DnsAnswer.Found<>(List.of("x".repeat(750))));
    }

    @Test
    void aliasesWithoutEndFail() {
        server.alias("a.example", "b.example").alias("b.example", "a.example");
        assertThat(dns.text("a.example")).isInstanceOf(DnsAnswer.Failed.class);
        assertThat(server.questions()).isLessThan(60);
    }

    @Test
    void troubleIsNotKept() {
        server.text("example.org", "x");
        server.failing("example.org", true);
        assertThat(dns.text("example.org")).isInstanceOf(DnsAnswer.Failed.class);
        server.failing("example.org", false);
        assertThat(dns.text("example.org")).isInstanceOf(DnsAnswer.Found.class);
    }

    @Test
    void oneSilentDomainIsNoSilentServer() {
        server.text("example.org", "x");
        server.silent("silent.example");
        for (int i = 0; i < 3; i++) {
            assertThat(dns.text("silent.example")).isInstanceOf(DnsAnswer.Failed.class);
            assertThat(dns.text("example.org")).isInstanceOf(DnsAnswer.Found.class);
        }
    }

    @Test
    void aDeadServerIsNoticedOnce() throws IOException {
        try (DatagramSocket dead = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CurrentDns nobody = dns("127.0.0.1:" + dead.getLocalPort());
            assertThat(nobody.text("example.org")).isEqualTo(new DnsAnswer.Failed<>("no name server answers"));
            long started = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(nobody.text(i + ".example.org")).isInstanceOf(DnsAnswer.Failed.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(900));
        }
    }
}
