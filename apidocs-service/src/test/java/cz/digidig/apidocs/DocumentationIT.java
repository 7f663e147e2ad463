package cz.digidig.apidocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documentation of a suite of fakes: its pages, what it keeps, what it does without the others. */
class DocumentationIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private FakeService smtp;
    private FakeService storage;
    private ConfigurableApplicationContext service;
    private String base;

    @BeforeEach
    void start() throws IOException {
        smtp = new FakeService();
        storage = new FakeService();
        storage.document = FakeService.FIRST
                .replace("/api/queue", "/api/mailboxes")
                .replace("\"id\":{\"type\":\"string\"}", "\"id\":{\"type\":\"integer\"}");
        run();
    }

    private void run() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        base = "http://127.0.0.1:" + port;
        service = SpringApplication.run(
                ApidocsApplication.class,
                "--server.port=" + port,
                "--spring.profiles.active=embedded",
                "--digidig.bind-address=127.0.0.1",
                "--digidig.data-dir=" + folder.resolve("data"),
                "--digidig.logs-dir=" + folder.resolve("logs"),
                "--digidig.apidocs.services.identity=" + smtp.url(),
                "--digidig.apidocs.services.imap=" + smtp.url(),
                "--digidig.apidocs.services.client=" + smtp.url(),
                "--digidig.apidocs.services.admin=" + smtp.url(),
                "--digidig.apidocs.services.smtp=" + smtp.url(),
                "--digidig.apidocs.services.storage=" + storage.url(),
                "--digidig.apidocs.public-urls.smtp=https://smtp.example.org/");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !JSON.readTree(get("/api/documents").body()).isEmpty()
                        && get("/reference/smtp").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        service.close();
        smtp.close();
        storage.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Accept-Language", "en")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void allSeen() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> JSON.readTree(get("/api/documents").body()).size() >= 7);
    }

    @Test
    void everyPageIsThereWithoutSigningIn() throws IOException, InterruptedException {
        allSeen();
        for (String page : new String[] {
            "/",
            "/guides",
            "/guides/five-minutes",
            "/guides/errors",
            "/reference",
            "/reference/smtp",
            "/reference/smtp/listQueue",
            "/reference/smtp/sendMessage?language=java",
            "/changes?service=smtp",
            "/search?q=send+a+message"
        }) {
            HttpResponse<String> answer = get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(page)
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.body()).as(page).doesNotContain("??").doesNotContain("<script>alert");
        }
        assertThat(get("/guides/errors").body()).contains("urn:digidig:problem:not-found");
        // Though the other one has the words more often.
        assertThat(get("/search?q=send+a+message").body())
                .containsSubsequence("/reference/smtp/sendMessage", "/reference/smtp/keepMessage");
        assertThat(get("/reference/smtp/secret").statusCode()).isEqualTo(404);
    }

    @Test
    void tryingNeedsAPersonAndOurOwnPage() throws IOException, InterruptedException {
        assertThat(get("/try/smtp").statusCode()).isEqualTo(302);
        assertThat(get("/call/smtp/api/queue").statusCode()).isEqualTo(302);
    }

    @Test
    void anOperationSaysWhatGoesInAndComesOut() throws IOException, InterruptedException {
        String page = get("/reference/smtp/listQueue").body();
        assertThat(page)
                .contains(
                        "array of Entry",
                        "string (date-time)",
                        "since when, as in <code>2026-01-31</code>, not &lt;i&gt;",
                        "2026-01-31T09:30:00Z")
                .contains("https://smtp.example.org/api/queue?limit=5")
                .contains("Authorization: Bearer $TOKEN");
        assertThat(get("/reference/smtp/sendMessage").body()).contains("it&#39;\\&#39;&#39;s &lt;bob@digidig.test&gt;");
    }

    @Test
    void whatIsOpenSaysSo() throws IOException, InterruptedException {
        JsonNode own = JSON.readTree(get("/v3/api-docs").body());
        assertThat(own.at("/paths/~1api~1documents/get/security")).isEmpty();
        assertThat(own.at("/paths/~1api~1documents/get/responses").propertyNames())
                .doesNotContain("401", "403");
        assertThat(own.at("/paths/~1api~1health/get/security")).isEmpty();
        assertThat(own.at("/paths/~1api~1stats/get/security/0").has("token")).isTrue();
        assertThat(own.at("/paths/~1api~1stats/get/responses").propertyNames()).contains("401", "403", "503");
        allSeen();
        assertThat(get("/reference/apidocs/listDocuments").body()).contains("Needs no token");
        assertThat(get("/reference/apidocs/getStats").body()).contains("Needs an access token");
    }

    @Test
    void theWholeSuiteIsOneDocument() throws IOException, InterruptedException {
        allSeen();
        JsonNode suite = JSON.readTree(get("/api/documents/suite").body());
        assertThat(suite.path("paths").propertyNames()).contains("/api/queue", "/api/mailboxes", "/api/health");
        assertThat(suite.at("/paths/~1api~1mailboxes/servers/0/url").asString()).isEqualTo(storage.url());
        assertThat(suite.at("/paths/~1api~1health/servers").size()).isGreaterThan(1);
        assertThat(suite.path("components").path("schemas").propertyNames())
                .contains("Entry", "StorageEntry", "StorageQueue");
        assertThat(suite.at("/components/schemas/Queue/properties/items/items/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/Entry");
        assertThat(get("/api/documents/suite/yaml").body()).contains("openapi:");
        assertThat(get("/api/documents/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void documentsOutliveTheirServicesAndARestart() throws IOException, InterruptedException {
        allSeen();
        service.close();
        smtp.close();
        storage.close();
        run();
        assertThat(get("/reference/smtp/listQueue").statusCode()).isEqualTo(200);
        assertThat(get("/").body()).contains("last seen");
        assertThat(get("/api/documents").body()).contains("\"answering\":false");
    }

    @Test
    void aDeletedFolderIsMadeAnew() throws IOException, InterruptedException {
        allSeen();
        service.close();
        FileSystemUtils.deleteRecursively(folder.resolve("data"));
        run();
        allSeen();
        try (Stream<Path> files = Files.list(folder.resolve("data/documents/smtp"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void changesAreKeptAndBreakingOnesMarked() throws IOException, InterruptedException {
        allSeen();
        service.close();
        smtp.document = FakeService.FIRST
                .replace("/api/messages", "/api/letters")
                .replace("\"version\":\"1.0\"", "\"version\":\"2.0\"");
        run();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get("/changes?service=smtp").body().contains("/api/letters"));
        assertThat(get("/changes?service=smtp").body())
                .contains("breaks callers", "POST /api/messages", "POST /api/letters");
    }
}
