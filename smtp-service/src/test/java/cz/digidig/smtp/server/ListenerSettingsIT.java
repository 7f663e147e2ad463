package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listeners, what is before them and how they encrypt. */
@RunningService
class ListenerSettingsIT {
    private final SettingsClient service;

    ListenerSettingsIT(@LocalServerPort int port, @Autowired JsonMapper json) {
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
    void listenersMoveSwapAndRefuse() throws Exception {
        int one = SettingsClient.freePort();
        int two = SettingsClient.freePort();
        service.change("{\"listeners\":[" + SettingsClient.listener("a", one, "") + ","
                + SettingsClient.listener("b", two, "") + "]}");
        try (RawClient open = RawClient.connect(one)) {
            service.change("{\"listeners\":[" + SettingsClient.listener("a", two, "") + ","
                    + SettingsClient.listener("b", one, "") + "]}");
            assertThat(service.port("a")).isEqualTo(two);
            assertThat(SettingsClient.greeting(one)).isEqualTo("220 ");
            assertThat(SettingsClient.greeting(two)).isEqualTo("220 ");
            open.hello().expect("250", "NOOP");

            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                JsonNode problem = service.refused(
                        409,
                        "{\"listeners\":[" + SettingsClient.listener("a", one, "") + ","
                                + SettingsClient.listener("b", taken.getLocalPort(), "") + "]}");
                assertThat(problem.get("detail").asString())
                        .contains("listener b")
                        .contains("" + taken.getLocalPort());
            }
            assertThat(service.port("a")).isEqualTo(two);
            assertThat(SettingsClient.greeting(one)).isEqualTo("220 ");
            assertThat(SettingsClient.greeting(two)).isEqualTo("220 ");
            open.expect("250", "NOOP");
        }
        service.change(
                "{\"listeners\":[" + SettingsClient.listener("a", two, "").replace("true", "false") + "]}");
        assertThatThrownBy(() -> SettingsClient.greeting(two)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SettingsClient.greeting(one)).isInstanceOf(IOException.class);

        service.invalid(
                "listeners",
                "{\"listeners\":[" + SettingsClient.listener("a", one, "") + "," + SettingsClient.listener("a", two, "")
                        + "]}");
        service.invalid(
                "listeners",
                "{\"listeners\":[" + SettingsClient.listener("a", one, "") + "," + SettingsClient.listener("b", one, "")
                        + "]}");
        service.invalid("listeners[0].port", "{\"listeners\":[" + SettingsClient.listener("a", 65_536, "") + "]}");
        service.invalid("listeners[0].name", "{\"listeners\":[" + SettingsClient.listener("a b", 0, "") + "]}");
    }

    @Test
    void twoListenersShareAPortOnTwoAddresses() throws Exception {
        int port = SettingsClient.freePort();
        service.change("{\"listeners\":[" + SettingsClient.listener("a", port, "") + "]}");
        service.change("{\"listeners\":[" + SettingsClient.listener("a", port, "") + ","
                + SettingsClient.listener("b", port, "").replace("127.0.0.1", "127.0.0.2") + "]}");
        assertThat(SettingsClient.greeting(port)).isEqualTo("220 ");
        assertThat(service.port("b")).isEqualTo(port);
    }

    @Test
    void proxies() throws Exception {
        int port = SettingsClient.freePort();
        service.change("{\"listeners\":["
                + SettingsClient.listener("p", port, "").replace("\"proxyProtocol\":false", "\"proxyProtocol\":true")
                + "]}");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("PROXY TCP4 192.0.2.77 198.51.100.1 1 25\r\nEHLO behind\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('2');
            JsonNode sessions = service.get("/api/smtp/sessions?client=192.0.2.77&open=true");
            assertThat(sessions.get(0).get("listener").asString()).isEqualTo("p");
        }
        service.change("{\"trustedProxies\":[\"192.0.2.0/24\"]}");
        assertThat(SettingsClient.closedAtOnce(port)).isTrue();
        service.invalid("trustedProxies[1]", "{\"trustedProxies\":[\"::1\",\"192.0.2.0/33\"]}");
    }

    @Test
    void tlsVersion() throws Exception {
        int port = service.port("submissions");
        assertThat(RawClient.tlsVersion(port, "TLSv1.2")).isEqualTo("TLSv1.2");
        service.change("{\"tls\":{\"minimumVersion\":\"TLSv1.3\"}}");
        assertThatThrownBy(() -> RawClient.tlsVersion(port, "TLSv1.2")).isInstanceOf(IOException.class);
        assertThat(RawClient.tlsVersion(port, "TLSv1.3")).isEqualTo("TLSv1.3");
        service.invalid("tls.minimumVersion", "{\"tls\":{\"minimumVersion\":\"TLSv1.1\"}}");
        assertThat(service.get("/api/smtp/status").at("/tls/minimumVersion").asString())
                .isEqualTo("TLSv1.3");
        assertThat(service.get("/api/smtp/status").at("/tls/daysLeft").asInt()).isGreaterThan(3000);
    }

    @Test
    void logLevel() throws Exception {
        service.change("{\"logLevel\":\"debug\"}");
        assertThat(LoggerFactory.getLogger("cz.digidig.smtp").isDebugEnabled()).isTrue();
        service.change("{\"logLevel\":\"warn\"}");
        assertThat(LoggerFactory.getLogger("cz.digidig.smtp").isInfoEnabled()).isFalse();
        service.invalid("logLevel", "{\"logLevel\":\"loud\"}");
    }

    @Test
    void aRestartKeepsOpenSessions() throws Exception {
        try (RawClient open = service.mx()) {
            open.hello();
            int before = service.port("mx");
            HttpResponse<String> answer = service.send("POST", "/api/smtp/restart", "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            open.expect("250", "NOOP");
            assertThat(SettingsClient.greeting(service.port("mx"))).isEqualTo("220 ");
            assertThatThrownBy(() -> SettingsClient.greeting(before))
                    .as("port 0: any free one")
                    .isInstanceOf(IOException.class);
        }
    }
}
