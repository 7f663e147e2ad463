package cz.digidig.apidocs.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guides say of the mail servers is what those answer. */
class MailServersIT {
    private static final String CAPABILITY = "a CAPABILITY";
    private static final String EHLO = "EHLO apidocs.invalid";

    private final AtomicInteger asked = new AtomicInteger();
    private final Map<String, String> script = new HashMap<>();
    private ServerSocket server;
    private Instant now = Instant.parse("2026-01-31T09:30:00Z");

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Greets by the script's "", and answers each line by the script, or ends. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                asked.incrementAndGet();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = ""; script.containsKey(line); line = in.readLine()) {
                    client.getOutputStream().write(script.get(line).getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException over) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(over);
                }
            }
        }
    }

    private MailServers servers(String name) {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new MailServers(Map.of(name, "127.0.0.1:" + server.getLocalPort()), clock);
    }

    @Test
    void smtpSaysItByEhlo() {
        script.put("", "220 mx.example ready\r\n");
        script.put(EHLO, "250-mx.example\r\n250-SIZE 1000\r\n250 PIPELINING\r\n");
        assertThat(servers("smtp").capabilities("smtp")).containsExactly("SIZE 1000", "PIPELINING");
    }

    @Test
    void imapSaysItByCapability() {
        script.put("", "* OK ready\r\n");
        script.put(CAPABILITY, "* CAPABILITY IMAP4rev2 IDLE\r\na OK done\r\n");
        assertThat(servers("imap").capabilities("imap")).containsExactly("IMAP4rev2", "IDLE");
    }

    @Test
    void anAnswerIsKeptForAMinuteAndASilenceForLess() {
        MailServers servers = servers("smtp");
        script.put("", "421 not now\r\n");
        assertThat(servers.capabilities("smtp")).isEmpty();
        script.put("", "220 mx.example ready\r\n");
        script.put(EHLO, "250-mx.example\r\n250 SIZE 1000\r\n");
        now = now.plus(Duration.ofSeconds(10));
        assertThat(servers.capabilities("smtp")).isEmpty();
        assertThat(asked).hasValue(1);
        now = now.plus(Duration.ofSeconds(10));
        List<String> heard = servers.capabilities("smtp");
        assertThat(heard).containsExactly("SIZE 1000");
        now = now.plus(Duration.ofSeconds(50));
        assertThat(servers.capabilities("smtp")).isEqualTo(heard);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatNobodyListensOnIsAway() throws IOException {
        MailServers servers = servers("imap");
        server.close();
        assertThat(servers.capabilities("imap")).isEmpty();
    }
}
