package cz.digidig.system.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One service's REST API, as nobody or as a user. */
public final class RestClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final int port;
    private final @Nullable String token;

    public RestClient(int port) {
        this(port, null);
    }

    private RestClient(int port, @Nullable String token) {
        this.port = port;
        this.token = token;
    }

    /** An answer: status, media type, octets. */
    public record Answer(int status, String type, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return status + " " + type + " " + text();
        }
    }

    /** The same service with the token that identity at {@code identityPort} gives for this log-in. */
    public RestClient loggedIn(String email, String password, int identityPort)
            throws IOException, InterruptedException {
        Answer answer = new RestClient(identityPort)
                .post("/api/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
        Matcher matcher = ACCESS_TOKEN.matcher(answer.text());
        if (answer.status() != 200 || !matcher.find()) {
            throw new IOException("log-in of " + email + ": " + answer);
        }
        return new RestClient(port, matcher.group(1));
    }

    public Optional<String> token() {
        return Optional.ofNullable(token);
    }

    /** The same service with a token that somebody made up. */
    public RestClient withToken(String other) {
        return new RestClient(port, other);
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    public Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** Changes some fields (RFC 7396). */
    public Answer patch(String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    /** Any request, built on {@link #request}, which has the address and the log-in. */
    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }
}
