package cz.digidig.imap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import cz.digidig.common.net.TlsMode;
import cz.digidig.common.testing.TestTokens;
import cz.digidig.imap.ImapApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service with a played identity and no storage: who is connected, and the end of a session, over REST. */
class SessionsOverRestIT {
    private static final String SESSIONS = "/api/imap/sessions";
    private static final TestTokens TOKENS = new TestTokens();
    private static final String ADMIN = TOKENS.user("1", "admin@digidig.test", "admin");

    @TempDir
    static Path folder;

    private static HttpServer identity;
    private static ConfigurableApplicationContext service;

    private final JsonMapper json = new JsonMapper();

    @BeforeAll
    static void start() throws IOException {
        identity = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        identity.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        identity.createContext("/oauth2/jwks", exchange -> answer(exchange, TOKENS.jwks()));
        identity.createContext(
                "/oauth2/token",
                exchange -> answer(
                        exchange,
                        "{\"access_token\":\"" + TOKENS.service("imap-service")
                                + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));
        identity.createContext("/api/internal/authenticate", exchange -> answer(exchange, """
                        {"id":"a","email":"alice@digidig.test","senders":["alice@digidig.test"],"roles":["user"],
                         "quotaBytes":0,"enabled":true}"""));
        identity.start();
        service = new SpringApplication(ImapApplication.class)
                .run(
                        "--server.port=0",
                        "--digidig.bind-address=127.0.0.1",
                        "--digidig.imap.imap-port=0",
                        "--digidig.imap.imaps-port=0",
                        "--digidig.client.storage-url=http://127.0.0.1:1",
                        "--digidig.client.identity-url=http://127.0.0.1:"
                                + identity.getAddress().getPort(),
                        "--digidig.data-dir=" + folder.resolve("data"),
                        "--digidig.logs-dir=" + folder.resolve("logs"),
                        "--digidig.tests-dir=" + folder.resolve("tests"));
    }

    /** Those of the test before have gone. */
    @BeforeEach
    void nobodyIsConnected() {
        await().until(() -> list("").path("total").asInt() == 0);
    }

    @AfterAll
    static void stop() {
        service.close();
        identity.stop(0);
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] octets = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    private static HttpResponse<String> ask(String method, String path, String token)
            throws IOException, InterruptedException {
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, HttpRequest.BodyPublishers.noBody());
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private JsonNode list(String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("GET", SESSIONS + query, ADMIN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private static RawClient loggedIn() throws IOException {
        RawClient client = new RawClient(service.getBean(ImapServer.class).port("imaps"), TlsMode.IMPLICIT);
        client.line();
        client.send("l LOGIN alice secret\r\n");
        client.expectTagged("l OK");
        return client;
    }

    @Test
    void aSessionIsSeenAndEnded() throws IOException, InterruptedException {
        try (RawClient client = loggedIn()) {
            client.send("n NOOP\r\n");
            client.expectTagged("n OK");
            JsonNode found = list("?account=ALICE@").path("items");
            assertThat(found.size()).isEqualTo(1);
            JsonNode session = found.path(0);
            assertThat(session.path("account").asString()).isEqualTo("alice@digidig.test");
            assertThat(session.path("client").asString()).isEqualTo("127.0.0.1");
            assertThat(session.path("tls").asString()).startsWith("TLSv1.");
            assertThat(session.path("command").asString()).isEqualTo("NOOP");
            assertThat(session.path("idle").asBoolean()).isFalse();
            assertThat(list("?account=bob").path("items").size()).isZero();
            assertThat(list("?account=bob").path("total").asInt()).isEqualTo(1);
            assertThat(list("?idle=true").path("items").size()).isZero();

            String path = SESSIONS + "/" + session.path("id").asString();
            assertThat(ask("DELETE", path, ADMIN).statusCode()).isEqualTo(204);
            assertThat(client.line()).isEqualTo("* BYE An administrator ended this session");
            assertThat(client.ended()).isTrue();
            assertThat(ask("DELETE", path, ADMIN).statusCode()).isEqualTo(404);
            assertThat(list("").path("items").size()).isZero();
        }
    }

    @Test
    void pagesAreAskedForByCursor() throws IOException, InterruptedException {
        try (RawClient _ = loggedIn();
                RawClient _ = loggedIn();
                RawClient _ = loggedIn()) {
            JsonNode first = list("?limit=2");
            assertThat(first.path("items").size()).isEqualTo(2);
            assertThat(first.path("total").asInt()).isEqualTo(3);
            JsonNode second = list("?limit=2&after=" + first.path("next").asString());
            assertThat(second.path("items").size()).isEqualTo(1);
            assertThat(second.has("next") && !second.path("next").isNull()).isFalse();
            assertThat(ask("GET", SESSIONS + "?after=x", ADMIN).statusCode()).isEqualTo(400);
            assertThat(ask("GET", SESSIONS + "?limit=5000", ADMIN).statusCode()).isIn(400, 422);
        }
    }

    @Test
    void onlyAdministratorsMayDoThis() throws IOException, InterruptedException {
        String alice = TOKENS.user("a", "alice@digidig.test", "mail.read");
        assertThat(ask("GET", SESSIONS, alice).statusCode()).isEqualTo(403);
        assertThat(ask("DELETE", SESSIONS + "/x", alice).statusCode()).isEqualTo(403);
        assertThat(ask("GET", SESSIONS, "").statusCode()).isEqualTo(401);
    }
}
