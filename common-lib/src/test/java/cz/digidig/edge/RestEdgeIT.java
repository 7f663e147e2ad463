package cz.digidig.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.api.identity.AuthenticationRequest;
import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.identity.IdentityChange;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.client.ServiceUnavailable;
import cz.digidig.common.observability.Traces;
import cz.digidig.common.security.TokenVerifier;
import cz.digidig.common.testing.TestTokens;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = EdgeApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.config.import=classpath:digidig-defaults.yml",
            "spring.application.name=edge-service",
            "digidig.bind-address=127.0.0.1",
            "digidig.metrics.password=a-password-of-this-test"
        })
class RestEdgeIT {
    @TempDir
    static Path folder;

    static int port;

    @DynamicPropertySource
    static void place(DynamicPropertyRegistry properties) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        properties.add("server.port", () -> port);
        properties.add("digidig.data-dir", () -> folder.resolve("data").toString());
        properties.add("digidig.logs-dir", () -> folder.resolve("logs"));
        properties.add("digidig.client.identity-url", () -> "http://127.0.0.1:" + port);
        properties.add("digidig.client.storage-url", () -> "http://127.0.0.1:1");
    }

    private static final TestTokens TOKENS = EdgeApplication.TOKENS;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private ServiceClients clients;

    @Autowired
    private EdgeApplication.Edge edge;

    @Autowired
    private TokenVerifier verifier;

    @Autowired
    private Traces traces;

    @Autowired
    private JsonMapper json;

    private HttpResponse<String> send(String method, String path, String token, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty() && !Arrays.asList(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode problem(HttpResponse<String> response, int status, ErrorCode code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = json.readTree(response.body());
        assertThat(problem.path("type").asString("")).isEqualTo(code.type().toString());
        return problem;
    }

    private static String admin() {
        return TOKENS.user("1", "admin@example.org", "admin");
    }

    private static String alice() {
        return TOKENS.user("42", "alice@example.org", "mail.read");
    }

    @Test
    void aRequestWithoutATokenIsToldSo() throws Exception {
        HttpResponse<String> response = send("GET", "/api/items", "", "");
        problem(response, 401, ErrorCode.UNAUTHENTICATED);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        problem(send("GET", "/api/items", "rubbish", ""), 401, ErrorCode.UNAUTHENTICATED);
        problem(
                send("GET", "/api/items", new TestTokens().user("42", "alice@example.org", "admin"), ""),
                401,
                ErrorCode.UNAUTHENTICATED);
        problem(
                send("GET", "/api/items", TOKENS.token("42", "a@x", Duration.ofHours(-1), "admin"), ""),
                401,
                ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void scopesOpenWhatTheyName() throws Exception {
        problem(send("GET", "/api/internal/accounts/1", admin(), ""), 403, ErrorCode.FORBIDDEN);
        problem(send("GET", "/api/config", alice(), ""), 403, ErrorCode.FORBIDDEN);
        assertThat(send("GET", "/api/internal/accounts/1", TOKENS.service("smtp-service"), "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/api/stats", admin(), "").body())
                .startsWith("{\"spool\":{\"messages\":7},\"volume\":{\"used\":");
    }

    @Test
    void aCallerReachesItsOwnAccountOnly() throws Exception {
        assertThat(send("GET", "/api/accounts/me/name", alice(), "").body()).isEqualTo("42");
        assertThat(send("GET", "/api/accounts/42/name", alice(), "").body()).isEqualTo("42");
        assertThat(send("GET", "/api/accounts/42/name", admin(), "").body()).isEqualTo("42");
        problem(send("GET", "/api/accounts/43/name", alice(), ""), 404, ErrorCode.NOT_FOUND);
    }

    @Test
    void badBodiesAreAnsweredByField() throws Exception {
        JsonNode problem =
                problem(send("POST", "/api/items", alice(), "{\"name\":\"\",\"count\":0}"), 422, ErrorCode.INVALID);
        assertThat(problem.get("errors").findValuesAsString("field")).containsExactlyInAnyOrder("name", "count");
        problem = problem(
                send("POST", "/api/items", alice(), "{\"name\":\"a\",\"count\":1,\"size\":2}"), 422, ErrorCode.INVALID);
        assertThat(problem.get("errors").findValuesAsString("field")).containsExactly("size");
        problem(send("POST", "/api/items", alice(), "{\"name\":"), 400, ErrorCode.MALFORMED);
        problem(send("POST", "/api/items", alice(), "{\"name\":\"a\",\"count\":{}}"), 422, ErrorCode.INVALID);
        problem(send("POST", "/api/items", alice(), "[]"), 400, ErrorCode.MALFORMED);
        problem(
                send("POST", "/api/items?times=often", alice(), "{\"name\":\"a\",\"count\":1}"),
                400,
                ErrorCode.MALFORMED);
        problem(send("POST", "/api/items", alice(), "\"" + "x".repeat(3_000_000) + "\""), 413, ErrorCode.TOO_LARGE);
    }

    @Test
    void anEndlessBodyIsCutOff() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/items"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + alice())
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(
                        ("{\"name\":\"" + "x".repeat(3_000_000)).getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .build();
        problem(HTTP.send(request, HttpResponse.BodyHandlers.ofString()), 413, ErrorCode.TOO_LARGE);
    }

    @Test
    void whatHasNoHandlerIsAProblemToo() throws Exception {
        problem(send("GET", "/api/nothing", alice(), ""), 404, ErrorCode.NOT_FOUND);
        assertThat(send("DELETE", "/api/items", alice(), "").statusCode()).isEqualTo(405);
        HttpResponse<String> media = send("POST", "/api/items", alice(), "<x/>", "Content-Type", "text/xml");
        assertThat(media.statusCode()).isEqualTo(415);
        assertThat(media.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = problem(send("GET", "/api/broken", alice(), ""), 500, ErrorCode.INTERNAL);
        assertThat(problem.get("id").asString()).isNotEmpty();
        assertThat(problem.toString()).doesNotContain("secret");
    }

    @Test
    void healthIsOpenAndCountsWhatMatters() throws Exception {
        JsonNode health = json.readTree(send("GET", "/api/health", "", "").body());
        assertThat(health.get("name").asString()).isEqualTo("edge-service");
        assertThat(health.get("status").asString()).isEqualTo("DEGRADED");
        assertThat(health.get("dependencies").get("elsewhere").get("status").asString())
                .isEqualTo("DOWN");
        assertThat(send("GET", "/actuator/prometheus", "", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/actuator/prometheus", "", "", "X-Forwarded-For", "192.0.2.1")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("GET", "/v3/api-docs", "", "").statusCode()).isEqualTo(200);
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private int fromElsewhere(String path, String login) throws IOException, InterruptedException {
        return send("GET", path, "", "", "X-Forwarded-For", "192.0.2.1", "Authorization", basic(login))
                .statusCode();
    }

    @Test
    void aScraperLogsInForMetricsAlone() throws Exception {
        assertThat(fromElsewhere("/actuator/prometheus", "metrics:a-password-of-this-test"))
                .isEqualTo(200);
        assertThat(fromElsewhere("/actuator/prometheus", "metrics:another")).isEqualTo(401);
        assertThat(fromElsewhere("/actuator/prometheus", "metrics:")).isEqualTo(401);
        assertThat(fromElsewhere("/api/config", "metrics:a-password-of-this-test"))
                .isEqualTo(401);
    }

    @Test
    void metricsTellTheRoomWhereTheDataIs() throws Exception {
        String metrics = send("GET", "/actuator/prometheus", "", "").body();
        assertThat(metrics).contains("disk_free_bytes{").contains("path=\"" + folder.resolve("data"));
    }

    @Test
    void theConfigurationIsReadChangedAndRefused() throws Exception {
        HttpResponse<String> first = send("GET", "/api/config", admin(), "");
        assertThat(json.readTree(first.body()).get("hostname").asString()).isEqualTo("mail.example.org");
        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> changed = send("PATCH", "/api/config", admin(), "{\"recipients\":60}", "If-Match", etag);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json.readTree(changed.body()).get("recipients").asInt()).isEqualTo(60);
        problem(send("PUT", "/api/config", admin(), "{}", "If-Match", etag), 412, ErrorCode.CHANGED_MEANWHILE);
        JsonNode problem = problem(
                send("PATCH", "/api/config", admin(), "{\"listeners\":[{\"name\":\"a\",\"port\":70000}]}"),
                422,
                ErrorCode.INVALID);
        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("listeners[0].port");
        problem(send("PATCH", "/api/config", admin(), "{\"colour\":1}"), 422, ErrorCode.INVALID);
        JsonNode schema =
                json.readTree(send("GET", "/api/config/schema", admin(), "").body());
        assertThat(schema.at("/properties/recipients/maximum").asInt()).isEqualTo(100);
        assertThat(schema.at("/properties/recipients/default").asInt()).isEqualTo(50);
        assertThat(schema.at("/properties/hostname/title").asString()).isEqualTo("Host name");
        assertThat(schema.at("/properties/listeners/items/properties/port/minimum")
                        .asInt())
                .isEqualTo(1);
        JsonNode history =
                json.readTree(send("GET", "/api/config/history", admin(), "").body());
        assertThat(send("GET", "/api/config/history/" + history.get(0).get("id").asString(), admin(), "")
                        .body())
                .contains("60");

        HttpResponse<String> now = send("GET", "/api/config", admin(), "");
        assertThat(now.headers().firstValue("X-Changed-By")).hasValue("admin@example.org");
        assertThat(now.headers().firstValue("Last-Modified")).isPresent();
        send("PATCH", "/api/config", admin(), "{\"recipients\":70}");
        String restore = "/api/config/history/" + history.get(0).get("id").asString() + "/restore";
        problem(send("POST", restore, admin(), "", "If-Match", etag), 412, ErrorCode.CHANGED_MEANWHILE);
        problem(send("POST", restore, alice(), ""), 403, ErrorCode.FORBIDDEN);
        problem(send("POST", "/api/config/history/none/restore", admin(), ""), 404, ErrorCode.NOT_FOUND);
        HttpResponse<String> restored = send("POST", restore, admin(), "");
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(json.readTree(restored.body()).get("recipients").asInt()).isEqualTo(60);
    }

    @Test
    void aTypedClientAuthenticatesItselfAndMapsFailures() {
        IdentityApi identity = clients.identity();
        String odd = "a/b\\c;d%e+f \"g\"@example.org";
        assertThat(identity.recipient(odd).forwards()).containsExactly(odd);
        int given = edge.tokensGiven.get();
        assertThatThrownBy(() -> identity.authenticate(new AuthenticationRequest("a", "b", "imap", "192.0.2.1")))
                .isInstanceOfSatisfying(ServiceProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(ErrorCode.INVALID_CREDENTIALS));
        assertThat(edge.tokensGiven.get()).isEqualTo(given);
        assertThatThrownBy(() -> clients.mailboxes().get("1", "INBOX")).isInstanceOf(ServiceUnavailable.class);
    }

    @Test
    void aStoredTraceGoesOnInACall() throws Exception {
        String stored = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        traces.run(stored, "deliver", () -> clients.identity().account("7"));
        assertThat(edge.traceparent)
                .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
                .isNotEqualTo(stored);
    }

    @Test
    void aTokenIsVerifiedWithoutARequest() {
        assertThat(verifier.verify(alice())).hasValueSatisfying(token -> {
            assertThat(token.caller().accountId()).isEqualTo("42");
            assertThat(token.caller().scopes()).containsExactly("mail.read");
        });
        assertThat(verifier.verify("nonsense")).isEmpty();
        assertThat(verifier.verify(new TestTokens().user("42", "a@x", "admin"))).isEmpty();
    }

    @Test
    void eventsArriveAndInterruptionsAreTold() throws Exception {
        BlockingQueue<String> heard = new ArrayBlockingQueue<>(100);
        try (AutoCloseable _ = clients.events(
                Peer.IDENTITY,
                IdentityApi.EVENTS_PATH,
                IdentityChange.class,
                change -> heard.add(change.id()),
                () -> heard.add("interrupted"))) {
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
            edge.announce(new IdentityChange(IdentityChange.Kind.ACCOUNT, "7"));
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("7");
            edge.interrupt();
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
            edge.announce(new IdentityChange(IdentityChange.Kind.DOMAIN, "8"));
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("8");
        }
        edge.interrupt();
    }
}
