package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.net.TlsContext;
import cz.digidig.smtp.delivery.ScriptedSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes a running service's settings over REST, and sends mail to it that may go on to sinks. */
final class SettingsClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int rest;
    private final JsonMapper json;
    private final List<ScriptedSink> sinks = new ArrayList<>();

    SettingsClient(int rest, JsonMapper json) {
        this.rest = rest;
        this.json = json;
    }

    void defaults() throws IOException, InterruptedException {
        assertThat(send("PUT", "/api/config", "{}").statusCode()).isEqualTo(200);
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, path, body, RunningService.Rig.IDENTITY.admin());
    }

    HttpResponse<String> send(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode read(String text) {
        return json.readTree(text);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer.body());
    }

    void change(String patch) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("PATCH", "/api/config", patch);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    static String file() throws IOException {
        Path file = RunningService.Rig.FOLDER.resolve("data/smtp_config.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    JsonNode refused(int status, String patch) throws IOException, InterruptedException {
        String before = file();
        String etag =
                send("GET", "/api/config", "").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> answer = send("PATCH", "/api/config", patch);
        assertThat(answer.statusCode()).as(patch + answer.body()).isEqualTo(status);
        assertThat(file()).isEqualTo(before);
        assertThat(send("GET", "/api/config", "").headers().firstValue("ETag")).hasValue(etag);
        return read(answer.body());
    }

    void invalid(String field, String patch) throws IOException, InterruptedException {
        assertThat(refused(422, patch).get("errors"))
                .as(patch)
                .anySatisfy(error -> assertThat(error.get("field").asString()).isEqualTo(field));
    }

    int port(String listener) throws IOException, InterruptedException {
        return StreamSupport.stream(get("/api/smtp/status").get("listeners").spliterator(), false)
                .filter(one -> one.get("name").asString().equals(listener))
                .findFirst()
                .orElseThrow()
                .get("boundPort")
                .asInt();
    }

    RawClient mx() throws IOException, InterruptedException {
        return RawClient.connect(port("mx"));
    }

    ScriptedSink sink() throws IOException {
        ScriptedSink sink = new ScriptedSink(
                InetAddress.getLoopbackAddress(),
                0,
                TlsContext.fromFolder(RunningService.Rig.FOLDER.resolve("sink"), "sink.test")
                        .sslContext());
        sinks.add(sink);
        return sink;
    }

    static String smartHost(ScriptedSink sink, String more) {
        return "\"smartHosts\":[{\"host\":\"127.0.0.1\",\"port\":" + sink.port() + ",\"tls\":\"none\"" + more + "}]";
    }

    void mail(String to, String text) throws IOException, InterruptedException {
        try (RawClient client = mx()) {
            client.hello().expect("250", "MAIL FROM:<s@sender.test>").expect("250", "RCPT TO:<" + to + ">");
            client.expect("354", "DATA").expect("250", text + "\r\n.");
        }
    }

    static String greeting(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            byte[] octets = new byte[4];
            int count = socket.getInputStream().readNBytes(octets, 0, 4);
            return new String(octets, 0, count, StandardCharsets.US_ASCII);
        }
    }

    static String listener(String name, int port, String more) {
        return "{\"name\":\"" + name + "\",\"address\":\"127.0.0.1\",\"port\":" + port
                + ",\"tls\":\"none\",\"role\":\"mx\",\"proxyProtocol\":false,\"enabled\":true" + more + "}";
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static boolean closedAtOnce(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    JsonNode tried(String request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/api/smtp/smart-hosts/test", request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer.body());
    }

    @Override
    public void close() throws IOException {
        for (ScriptedSink sink : sinks) {
            sink.close();
        }
    }
}
