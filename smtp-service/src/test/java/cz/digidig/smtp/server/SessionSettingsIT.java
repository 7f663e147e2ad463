package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** What one client may use, and how this server greets it. */
@RunningService
class SessionSettingsIT {
    private final SettingsClient service;

    SessionSettingsIT(@LocalServerPort int port, @Autowired JsonMapper json) {
        service = new SettingsClient(port, json);
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
    void hostname() throws Exception {
        try (RawClient open = service.mx()) {
            String former = open.say("EHLO me");
            service.change("{\"hostname\":\"new.example.org\"}");
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port("mx"))) {
                byte[] greeting = new byte[20];
                assertThat(socket.getInputStream().readNBytes(greeting, 0, 20)).isEqualTo(20);
                assertThat(new String(greeting, StandardCharsets.US_ASCII)).isEqualTo("220 new.example.org ");
            }
            assertThat(open.say("EHLO me")).as("open sessions go on").isEqualTo(former);
        }
        for (String bad : List.of("", "-a.example", "a b", "a..b", "a/b")) {
            service.invalid("hostname", "{\"hostname\":\"" + bad + "\"}");
        }
    }

    @Test
    void sizeAndRecipients() throws Exception {
        service.change("{\"maxMessageSize\":2048,\"maxRecipients\":1}");
        try (RawClient client = service.mx()) {
            client.hello().expect("552", "MAIL FROM:<s@sender.test> SIZE=4096");
            client.expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("452", "RCPT TO:<out@digidig.test>");
        }
        service.invalid("maxMessageSize", "{\"maxMessageSize\":10}");
        service.invalid("maxRecipients", "{\"maxRecipients\":0}");
    }

    @Test
    void countsOfASession() throws Exception {
        service.change("{\"sessions\":{\"errors\":2,\"refusals\":1,\"hops\":5,\"lineLength\":998}}");
        try (RawClient client = service.mx()) {
            client.expect("500", "NONSENSE").expect("500", "NONSENSE");
            assertThat(client.read()).startsWith("421");
        }
        try (RawClient client = service.mx()) {
            client.hello().expect("250", "MAIL FROM:<s@sender.test>").expect("550", "RCPT TO:<none@digidig.test>");
            assertThat(client.read()).startsWith("421");
        }
        try (RawClient client = service.mx()) {
            client.hello().expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("354", "DATA").expect("554", "Received: x\r\n".repeat(6) + "\r\nx\r\n.");
            client.expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("354", "DATA").expect("554", "x".repeat(999) + "\r\n.");
        }
        service.change("{\"sessions\":{\"commands\":10,\"errors\":1000,\"logInFailures\":1}}");
        try (RawClient client = service.mx()) {
            for (int i = 0; i < 10; i++) {
                client.expect("250", "NOOP");
            }
            assertThat(client.read()).startsWith("421");
        }
        try (RawClient client = RawClient.connectTls(service.port("submissions"))) {
            client.hello().expect("535", "AUTH PLAIN AGEAYg==");
            assertThat(client.ended()).isTrue();
        }
        for (String field : List.of("errors", "refusals", "logInFailures", "commands", "lineLength", "hops")) {
            service.invalid("sessions." + field, "{\"sessions\":{\"" + field + "\":0}}");
        }
    }

    @Test
    void timesOfASession() throws Exception {
        service.change("{\"sessions\":{\"commandTimeout\":1,\"tlsHandshakeTimeout\":1}}");
        try (RawClient client = service.mx()) {
            assertThat(client.read()).startsWith("421 4.4.2");
        }
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), service.port("submissions"))) {
            silent.setSoTimeout(10_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        service.change("{\"sessions\":{\"commandTimeout\":300,\"dataTimeout\":1}}");
        try (RawClient client = service.mx()) {
            client.hello().expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("354", "DATA");
            assertThat(client.read()).startsWith("421 4.4.2");
        }
        service.change("{\"sessions\":{\"sessionTimeout\":10}}");
        try (RawClient client = service.mx()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.say("NOOP").startsWith("421"));
        }
        for (String field : List.of("commandTimeout", "dataTimeout", "sessionTimeout", "tlsHandshakeTimeout")) {
            service.invalid("sessions." + field, "{\"sessions\":{\"" + field + "\":0}}");
        }
    }

    @Test
    void connections() throws Exception {
        int port = service.port("mx");
        service.change("{\"sessions\":{\"connectionsPerAddress\":1}}");
        try (RawClient first = RawClient.connect(port)) {
            assertThat(SettingsClient.greeting(port)).isEqualTo("421 ");
            service.change("{\"sessions\":{\"connectionsPerAddress\":9,\"connections\":1}}");
            assertThat(SettingsClient.greeting(port)).isEqualTo("421 ");
            service.change("{\"sessions\":{\"connections\":9}}");
            assertThat(SettingsClient.greeting(port)).isEqualTo("220 ");
            first.expect("221", "QUIT");
        }
        service.change("{\"sessions\":{\"connectionsPerMinute\":1}}");
        assertThat(SettingsClient.greeting(port)).isEqualTo("220 ");
        assertThat(SettingsClient.greeting(port)).isEqualTo("421 ");
        for (String field : List.of("connections", "connectionsPerAddress", "connectionsPerMinute")) {
            service.invalid("sessions." + field, "{\"sessions\":{\"" + field + "\":-1}}");
        }
    }
}
