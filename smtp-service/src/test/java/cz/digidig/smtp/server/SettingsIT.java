package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cz.digidig.common.net.TlsContext;
import cz.digidig.smtp.SmtpApplication;
import cz.digidig.smtp.delivery.ScriptedSink;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every setting over REST: a valid change is seen on the wire at once, another is refused and leaves the file as it was. */
@SpringBootTest(
        classes = SmtpApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "digidig.bind-address=127.0.0.1",
            "digidig.smtp.mx-port=0",
            "digidig.smtp.submission-port=0",
            "digidig.smtp.submissions-port=0",
            "digidig.client.storage-url=http://127.0.0.1:1"
        })
class SettingsIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static final PlayedIdentity IDENTITY = identity();

    @LocalServerPort
    private int rest;

    @Autowired
    private JsonMapper json;

    private final List<ScriptedSink> sinks = new ArrayList<>();

    private static PlayedIdentity identity() {
        try {
            return new PlayedIdentity();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @DynamicPropertySource
    static void place(DynamicPropertyRegistry properties) {
        properties.add("digidig.data-dir", () -> folder.resolve("data").toString());
        properties.add("digidig.logs-dir", () -> folder.resolve("logs").toString());
        properties.add("digidig.tests-dir", () -> folder.resolve("tests").toString());
        properties.add("digidig.client.identity-url", IDENTITY::url);
    }

    @BeforeEach
    void defaults() throws Exception {
        assertThat(send("PUT", "/api/config", "{}").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void closeSinks() throws IOException {
        for (ScriptedSink sink : sinks) {
            sink.close();
        }
    }

    @AfterAll
    static void stop() {
        IDENTITY.close();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return send(method, path, body, IDENTITY.admin());
    }

    private HttpResponse<String> send(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private void change(String patch) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("PATCH", "/api/config", patch);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String file() throws IOException {
        Path file = folder.resolve("data/smtp_config.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private JsonNode refused(int status, String patch) throws IOException, InterruptedException {
        String before = file();
        String etag =
                send("GET", "/api/config", "").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> answer = send("PATCH", "/api/config", patch);
        assertThat(answer.statusCode()).as(patch + answer.body()).isEqualTo(status);
        assertThat(file()).isEqualTo(before);
        assertThat(send("GET", "/api/config", "").headers().firstValue("ETag")).hasValue(etag);
        return json.readTree(answer.body());
    }

    private void invalid(String field, String patch) throws IOException, InterruptedException {
        assertThat(refused(422, patch).get("errors"))
                .as(patch)
                .anySatisfy(error -> assertThat(error.get("field").asString()).isEqualTo(field));
    }

    private int port(String listener) throws IOException, InterruptedException {
        return StreamSupport.stream(get("/api/smtp/status").get("listeners").spliterator(), false)
                .filter(one -> one.get("name").asString().equals(listener))
                .findFirst()
                .orElseThrow()
                .get("boundPort")
                .asInt();
    }

    private RawClient mx() throws IOException, InterruptedException {
        return RawClient.connect(port("mx"));
    }

    private ScriptedSink sink() throws IOException {
        ScriptedSink sink = new ScriptedSink(
                InetAddress.getLoopbackAddress(),
                0,
                TlsContext.fromFolder(folder.resolve("sink"), "sink.test").sslContext());
        sinks.add(sink);
        return sink;
    }

    private static String smartHost(ScriptedSink sink, String more) {
        return "\"smartHosts\":[{\"host\":\"127.0.0.1\",\"port\":" + sink.port() + ",\"tls\":\"none\"" + more + "}]";
    }

    private void mail(String to, String text) throws IOException, InterruptedException {
        try (RawClient client = mx()) {
            client.hello().expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<" + to + ">");
            client.expect("354", "DATA").expect("250", text + "\r\n.");
        }
    }

    @Test
    void hostname() throws Exception {
        try (RawClient open = mx()) {
            String former = open.say("EHLO me");
            change("{\"hostname\":\"new.example.org\"}");
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port("mx"))) {
                byte[] greeting = new byte[20];
                assertThat(socket.getInputStream().readNBytes(greeting, 0, 20)).isEqualTo(20);
                assertThat(new String(greeting, StandardCharsets.US_ASCII)).isEqualTo("220 new.example.org ");
            }
            assertThat(open.say("EHLO me")).as("open sessions go on").isEqualTo(former);
        }
        for (String bad : List.of("", "-a.example", "a b", "a..b", "a/b")) {
            invalid("hostname", "{\"hostname\":\"" + bad + "\"}");
        }
    }

    @Test
    void sizeAndRecipients() throws Exception {
        change("{\"maxMessageSize\":2048,\"maxRecipients\":1}");
        try (RawClient client = mx()) {
            client.hello().expect("552", "MAIL FROM:<s@sender.test> SIZE=4096");
            client.expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("452", "RCPT TO:<out@digidig.test>");
        }
        invalid("maxMessageSize", "{\"maxMessageSize\":10}");
        invalid("maxRecipients", "{\"maxRecipients\":0}");
    }

    @Test
    void countsOfASession() throws Exception {
        change("{\"sessions\":{\"errors\":2,\"refusals\":1,\"hops\":5,\"lineLength\":998}}");
        try (RawClient client = mx()) {
            client.expect("500", "NONSENSE").expect("500", "NONSENSE");
            assertThat(client.read()).startsWith("421");
        }
        try (RawClient client = mx()) {
            client.hello().expect("250", "MAIL FROM:<s@sender.test>").expect("550", "RCPT TO:<none@digidig.test>");
            assertThat(client.read()).startsWith("421");
        }
        try (RawClient client = mx()) {
            client.hello().expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("354", "DATA").expect("554", "Received: x\r\n".repeat(6) + "\r\nx\r\n.");
            client.expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("354", "DATA").expect("554", "x".repeat(999) + "\r\n.");
        }
        change("{\"sessions\":{\"commands\":10,\"errors\":1000,\"logInFailures\":1}}");
        try (RawClient client = mx()) {
            for (int i = 0; i < 10; i++) {
                client.expect("250", "NOOP");
            }
            assertThat(client.read()).startsWith("421");
        }
        try (RawClient client = RawClient.connectTls(port("submissions"))) {
            client.hello().expect("535", "AUTH PLAIN AGEAYg==");
            assertThat(client.ended()).isTrue();
        }
        for (String field : List.of("errors", "refusals", "logInFailures", "commands", "lineLength", "hops")) {
            invalid("sessions." + field, "{\"sessions\":{\"" + field + "\":0}}");
        }
    }

    @Test
    void timesOfASession() throws Exception {
        change("{\"sessions\":{\"commandTimeout\":1,\"tlsHandshakeTimeout\":1}}");
        try (RawClient client = mx()) {
            assertThat(client.read()).startsWith("421 4.4.2");
        }
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port("submissions"))) {
            silent.setSoTimeout(10_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        change("{\"sessions\":{\"commandTimeout\":300,\"dataTimeout\":1}}");
        try (RawClient client = mx()) {
            client.hello().expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("354", "DATA");
            assertThat(client.read()).startsWith("421 4.4.2");
        }
        change("{\"sessions\":{\"sessionTimeout\":10}}");
        try (RawClient client = mx()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.say("NOOP").startsWith("421"));
        }
        for (String field : List.of("commandTimeout", "dataTimeout", "sessionTimeout", "tlsHandshakeTimeout")) {
            invalid("sessions." + field, "{\"sessions\":{\"" + field + "\":0}}");
        }
    }

    private String greeting(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            byte[] octets = new byte[4];
            int count = socket.getInputStream().readNBytes(octets, 0, 4);
            return new String(octets, 0, count, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void connections() throws Exception {
        int port = port("mx");
        change("{\"sessions\":{\"connectionsPerAddress\":1}}");
        try (RawClient first = RawClient.connect(port)) {
            assertThat(greeting(port)).isEqualTo("421 ");
            change("{\"sessions\":{\"connectionsPerAddress\":9,\"connections\":1}}");
            assertThat(greeting(port)).isEqualTo("421 ");
            change("{\"sessions\":{\"connections\":9}}");
            assertThat(greeting(port)).isEqualTo("220 ");
            first.expect("221", "QUIT");
        }
        change("{\"sessions\":{\"connectionsPerMinute\":1}}");
        assertThat(greeting(port)).isEqualTo("220 ");
        assertThat(greeting(port)).isEqualTo("421 ");
        for (String field : List.of("connections", "connectionsPerAddress", "connectionsPerMinute")) {
            invalid("sessions." + field, "{\"sessions\":{\"" + field + "\":-1}}");
        }
    }

    private static String listener(String name, int port, String more) {
        return "{\"name\":\"" + name + "\",\"address\":\"127.0.0.1\",\"port\":" + port
                + ",\"tls\":\"none\",\"role\":\"mx\",\"proxyProtocol\":false,\"enabled\":true" + more + "}";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void listenersMoveSwapAndRefuse() throws Exception {
        int one = freePort();
        int two = freePort();
        change("{\"listeners\":[" + listener("a", one, "") + "," + listener("b", two, "") + "]}");
        try (RawClient open = RawClient.connect(one)) {
            change("{\"listeners\":[" + listener("a", two, "") + "," + listener("b", one, "") + "]}");
            assertThat(port("a")).isEqualTo(two);
            assertThat(greeting(one)).isEqualTo("220 ");
            assertThat(greeting(two)).isEqualTo("220 ");
            open.hello().expect("250", "NOOP");

            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                JsonNode problem = refused(
                        409,
                        "{\"listeners\":[" + listener("a", one, "") + "," + listener("b", taken.getLocalPort(), "")
                                + "]}");
                assertThat(problem.get("detail").asString())
                        .contains("listener b")
                        .contains("" + taken.getLocalPort());
            }
            assertThat(port("a")).isEqualTo(two);
            assertThat(greeting(one)).isEqualTo("220 ");
            assertThat(greeting(two)).isEqualTo("220 ");
            open.expect("250", "NOOP");
        }
        change("{\"listeners\":[" + listener("a", two, "").replace("true", "false") + "]}");
        assertThatThrownBy(() -> greeting(two)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> greeting(one)).isInstanceOf(IOException.class);

        invalid("listeners", "{\"listeners\":[" + listener("a", one, "") + "," + listener("a", two, "") + "]}");
        invalid("listeners", "{\"listeners\":[" + listener("a", one, "") + "," + listener("b", one, "") + "]}");
        invalid("listeners[0].port", "{\"listeners\":[" + listener("a", 65_536, "") + "]}");
        invalid("listeners[0].name", "{\"listeners\":[" + listener("a b", 0, "") + "]}");
    }

    @Test
    void twoListenersShareAPortOnTwoAddresses() throws Exception {
        int port = freePort();
        change("{\"listeners\":[" + listener("a", port, "") + "]}");
        change("{\"listeners\":[" + listener("a", port, "") + ","
                + listener("b", port, "").replace("127.0.0.1", "127.0.0.2") + "]}");
        assertThat(greeting(port)).isEqualTo("220 ");
        assertThat(port("b")).isEqualTo(port);
    }

    @Test
    void proxies() throws Exception {
        int port = freePort();
        change("{\"listeners\":[" + listener("p", port, "").replace("\"proxyProtocol\":false", "\"proxyProtocol\":true")
                + "]}");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("PROXY TCP4 192.0.2.77 198.51.100.1 1 25\r\nEHLO behind\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('2');
            JsonNode sessions = get("/api/smtp/sessions?client=192.0.2.77&open=true");
            assertThat(sessions.get(0).get("listener").asString()).isEqualTo("p");
        }
        change("{\"trustedProxies\":[\"192.0.2.0/24\"]}");
        assertThat(closedAtOnce(port)).isTrue();
        invalid("trustedProxies[1]", "{\"trustedProxies\":[\"::1\",\"192.0.2.0/33\"]}");
    }

    private static boolean closedAtOnce(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    @Test
    void tlsVersion() throws Exception {
        int port = port("submissions");
        assertThat(handshake(port, "TLSv1.2")).isEqualTo("TLSv1.2");
        change("{\"tls\":{\"minimumVersion\":\"TLSv1.3\"}}");
        assertThatThrownBy(() -> handshake(port, "TLSv1.2")).isInstanceOf(IOException.class);
        assertThat(handshake(port, "TLSv1.3")).isEqualTo("TLSv1.3");
        invalid("tls.minimumVersion", "{\"tls\":{\"minimumVersion\":\"TLSv1.1\"}}");
        assertThat(get("/api/smtp/status").at("/tls/minimumVersion").asString()).isEqualTo("TLSv1.3");
        assertThat(get("/api/smtp/status").at("/tls/daysLeft").asInt()).isGreaterThan(3000);
    }

    private static String handshake(int port, String version) throws IOException {
        return RawClient.tlsVersion(port, version);
    }

    @Test
    void logLevel() throws Exception {
        change("{\"logLevel\":\"debug\"}");
        assertThat(LoggerFactory.getLogger("cz.digidig.smtp").isDebugEnabled()).isTrue();
        change("{\"logLevel\":\"warn\"}");
        assertThat(LoggerFactory.getLogger("cz.digidig.smtp").isInfoEnabled()).isFalse();
        invalid("logLevel", "{\"logLevel\":\"loud\"}");
    }

    @Test
    void outbound() throws Exception {
        ScriptedSink sink = sink();
        change("{\"outbound\":{\"ehloName\":\"out.example.org\",\"sourceIpv4\":\"127.0.0.9\",\"recipients\":1},"
                + smartHost(sink, "") + "}");
        mail("both@digidig.test", "Subject: x\r\n\r\nx");
        await().until(() -> sink.received.size() == 2);
        assertThat(sink.received).allSatisfy(one -> assertThat(one.to()).hasSize(1));
        assertThat(sink.commands).contains("EHLO out.example.org");
        assertThat(sink.clients).extracting(InetAddress::getHostAddress).containsOnly("127.0.0.9");

        change("{\"outbound\":{\"messagesPerMinute\":60,\"recipients\":100}," + smartHost(sink, "") + "}");
        long started = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            mail("out@digidig.test", "Subject: " + i + "\r\n\r\nx");
        }
        await().until(() -> sink.received.size() == 5);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(1900));

        assertThat(refused(409, "{\"outbound\":{\"sourceIpv4\":\"192.0.2.1\"}}")
                        .get("detail")
                        .asString())
                .contains("outbound.sourceIpv4");
        invalid("outbound.sourceIpv4", "{\"outbound\":{\"sourceIpv4\":\"::1\"}}");
        invalid("outbound.sourceIpv6", "{\"outbound\":{\"sourceIpv6\":\"127.0.0.1\"}}");
        invalid("outbound.ehloName", "{\"outbound\":{\"ehloName\":\"a b\"}}");
        for (String field : List.of("connections", "connectionsPerDomain", "recipients")) {
            invalid("outbound." + field, "{\"outbound\":{\"" + field + "\":0}}");
        }
        invalid("outbound.messagesPerMinute", "{\"outbound\":{\"messagesPerMinute\":-1}}");
        invalid(
                "outbound.domains[0].connections",
                "{\"outbound\":{\"domains\":[{\"domain\":\"a.test\",\"connections\":0,\"messagesPerMinute\":0}]}}");
    }

    @Test
    void retry() throws Exception {
        ScriptedSink sink = sink();
        sink.script =
                (stage, _, connection) -> stage.equals("RCPT") && sink.commands.size() < 6 ? "450 4.2.0 later" : null;
        change("{\"retry\":{\"pauses\":[1]}," + smartHost(sink, "") + "}");
        mail("out@digidig.test", "Subject: again\r\n\r\nx");
        await().atMost(Duration.ofSeconds(20)).until(() -> sink.received.size() == 1);
        assertThat(sink.commands.stream()
                        .filter(line -> line.startsWith("RCPT"))
                        .count())
                .isGreaterThan(1);
        invalid("retry.pauses", "{\"retry\":{\"pauses\":[]}}");
        invalid("retry.pauses[0]", "{\"retry\":{\"pauses\":[0]}}");
        invalid("retry.expiry", "{\"retry\":{\"expiry\":1}}");
        invalid("retry.delayWarning", "{\"retry\":{\"delayWarning\":1}}");
    }

    @Test
    void nameServers() throws Exception {
        change("{\"dnsServers\":[\"127.0.0.1:1\"]}");
        JsonNode answer = tried("{\"smartHost\":{\"host\":\"relay.example\",\"port\":25}}");
        assertThat(answer.get("failedAt").asString()).isEqualTo("lookup");
        invalid("dnsServers[0]", "{\"dnsServers\":[\"127.0.0.1\"]}");
    }

    private JsonNode tried(String request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/api/smtp/smart-hosts/test", request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    @Test
    void aSmartHostIsTriedUpToTheEnvelope() throws Exception {
        ScriptedSink sink = sink();
        sink.script = (stage, _, _) -> stage.equals("EHLO") ? "250-sink.test\r\n250 AUTH PLAIN" : null;
        String login = ",\"user\":\"us\",\"password\":\"s3cret-word\"";
        change("{" + smartHost(sink, login) + "}");
        JsonNode fine = tried("{\"host\":\"127.0.0.1\",\"from\":\"a@digidig.test\",\"to\":\"b@elsewhere.test\"}");
        assertThat(fine.get("ok").asBoolean()).as(fine.toString()).isTrue();
        assertThat(fine.toString())
                .contains("AUTH PLAIN ********", "RCPT TO:<b@elsewhere.test>", "235 2.7.0 welcome")
                .doesNotContain("s3cret-word")
                .doesNotContain("AHVzAHMzY3JldC13b3Jk");
        assertThat(sink.commands).contains("AUTH PLAIN AHVzAHMzY3JldC13b3Jk");
        assertThat(sink.received).isEmpty();

        // With the mask in the form's place.
        String masked = "{"
                + smartHost(sink, login.replace("s3cret-word", "********"))
                        .replace("\"smartHosts\":[", "\"smartHost\":")
                        .replace("]", "")
                + "}";
        assertThat(tried(masked).get("ok").asBoolean()).isTrue();

        sink.script = (stage, _, _) -> stage.equals("EHLO")
                ? "250-sink.test\r\n250 AUTH PLAIN"
                : stage.equals("AUTH") ? "535 5.7.8 no such user" : null;
        JsonNode refused = tried("{\"host\":\"127.0.0.1\"}");
        assertThat(refused.get("ok").asBoolean()).isFalse();
        assertThat(refused.get("failedAt").asString()).isEqualTo("auth");
        assertThat(refused.get("reason").asString()).contains("535 5.7.8 no such user");

        sink.script = (stage, _, _) -> stage.equals("CONNECT") ? ScriptedSink.DROP : null;
        assertThat(tried("{\"host\":\"127.0.0.1\"}").get("failedAt").asString()).isEqualTo("greeting");
        assertThat(tried("{\"smartHost\":{\"host\":\"127.0.0.1\",\"port\":" + freePort() + "}}")
                        .get("failedAt")
                        .asString())
                .isEqualTo("connect");
        sink.script = (_, _, _) -> null;
        assertThat(tried("{"
                                + smartHost(sink, "")
                                        .replace("\"smartHosts\":[", "\"smartHost\":")
                                        .replace("]", "")
                                        .replace("none", "starttls")
                                + "}")
                        .get("failedAt")
                        .asString())
                .isEqualTo("starttls");
        assertThat(send("POST", "/api/smtp/smart-hosts/test", "{\"host\":\"unknown.example\"}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void passwordsAreEncryptedInTheFileAndMaskedOverRest() throws Exception {
        ScriptedSink sink = sink();
        change("{" + smartHost(sink, ",\"user\":\"u\",\"password\":\"s3cret-word\"") + "}");
        assertThat(file()).doesNotContain("s3cret-word").contains("encrypted:v1:");
        assertThat(get("/api/config").toString()).doesNotContain("s3cret-word").contains("********");
        JsonNode schema = get("/api/config/schema");
        assertThat(schema.at("/properties/smartHosts/items/properties/password/writeOnly")
                        .asBoolean())
                .isTrue();
        assertThat(schema.at("/properties/hostname/x-group").asString()).isEqualTo("Server");
        assertThat(schema.at("/properties/sessions/properties/commandTimeout/x-unit")
                        .asString())
                .isEqualTo("s");
        schema.get("properties").properties().forEach(property -> {
            assertThat(property.getValue().path("title").asString(""))
                    .as(property.getKey())
                    .isNotEmpty();
            assertThat(property.getValue().path("x-group").asString(""))
                    .as(property.getKey())
                    .isNotEmpty();
        });
    }

    @Test
    void aRestartKeepsOpenSessions() throws Exception {
        try (RawClient open = mx()) {
            open.hello();
            int before = port("mx");
            HttpResponse<String> answer = send("POST", "/api/smtp/restart", "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            open.expect("250", "NOOP");
            assertThat(greeting(port("mx"))).isEqualTo("220 ");
            assertThatThrownBy(() -> greeting(before))
                    .as("port 0: any free one")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void sessionsTellWhatWasRefusedAndWhy() throws Exception {
        try (RawClient client = mx()) {
            client.expect("250", "EHLO curious.example").expect("250", "MAIL FROM:<s@sender.test>");
            client.expect("550", "RCPT TO:<nobody@digidig.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("354", "DATA").expect("250", "Subject: x\r\n\r\nx\r\n.");
            client.expect("221", "QUIT");
        }
        await().untilAsserted(() -> {
            JsonNode found = get("/api/smtp/sessions?text=nobody@digidig.test&refused=true&open=false");
            assertThat(found).isNotEmpty();
            JsonNode session = found.get(0);
            assertThat(session.get("hello").asString()).isEqualTo("curious.example");
            assertThat(session.get("accepted").asInt()).isEqualTo(1);
            assertThat(session.get("messages").get(0).asString()).hasSize(9);
            assertThat(session.get("end").asString()).isEqualTo("QUIT");
            assertThat(session.at("/refusals/0/command").asString()).isEqualTo("RCPT TO:<nobody@digidig.test>");
            assertThat(session.at("/refusals/0/reply").asString()).startsWith("550 5.1.1");
        });
        JsonNode stats = get("/api/stats");
        assertThat(stats.at("/sessions/messages/accepted").asInt()).isPositive();
        assertThat(stats.at("/sessions/replies/550").asInt()).isPositive();
        assertThat(stats.at("/sessions/stages/data/count").asInt()).isPositive();
        assertThat(stats.at("/queue/domains/0/domain").asString()).isNotEmpty();
        assertThat(stats.at("/spool/forceMillis").asDouble()).isPositive();
    }

    @Test
    void theApiDescribesAllThis() throws Exception {
        JsonNode api = get("/v3/api-docs");
        for (String path :
                List.of("/api/queue", "/api/queue/actions", "/api/smtp/status", "/api/smtp/smart-hosts/test")) {
            assertThat(api.get("paths").has(path)).as(path).isTrue();
        }
        assertThat(api.at("/paths/~1api~1queue/get/parameters").toString()).contains("olderThan", "held");
    }

    @Test
    void onlyAdministratorsMayDoThis() throws Exception {
        String alice = IDENTITY.tokens.user("2", "alice@digidig.test", "mail.send");
        for (String path : List.of("/api/smtp/status", "/api/smtp/sessions", "/api/queue")) {
            assertThat(send("GET", path, "", alice).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(send("POST", "/api/smtp/restart", "", alice).statusCode()).isEqualTo(403);
        assertThat(send("POST", "/api/queue/actions", "{\"action\":\"delete\",\"filter\":{}}", alice)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theQueueIsActedOnInBulk() throws Exception {
        HttpResponse<String> answer = send("POST", "/api/queue/actions", "{\"action\":\"hold\",\"filter\":{}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        mail("alice@digidig.test", "Subject: held\r\n\r\nx");
        answer = send("POST", "/api/queue/actions", "{\"action\":\"hold\",\"filter\":{\"domain\":\"digidig.test\"}}");
        assertThat(json.readTree(answer.body()).get("messages").asInt()).isPositive();
        assertThat(get("/api/queue?state=held&domain=digidig.test&limit=1").get("items"))
                .hasSize(1);
        assertThat(send("GET", "/api/queue?state=odd", "").statusCode()).isIn(400, 422);
        assertThat(send("POST", "/api/queue/actions", "{\"action\":\"burn\",\"filter\":{}}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(send("POST", "/api/queue/actions", "{\"action\":\"delete\"}").statusCode())
                .isEqualTo(422);
        send("POST", "/api/queue/actions", "{\"action\":\"delete\",\"filter\":{}}");
        assertThat(get("/api/queue").get("items")).isEmpty();
    }
}
