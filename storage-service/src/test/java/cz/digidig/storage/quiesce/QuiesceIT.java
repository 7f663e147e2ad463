package cz.digidig.storage.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.storage.TestTokens;
import cz.digidig.storage.database.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
@Import(TestTokens.class)
class QuiesceIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private final Database database;

    @LocalServerPort
    private int port;

    @Autowired
    QuiesceIT(Database database) {
        this.database = database;
    }

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs").toString());
        registry.add("digidig.bind-address", () -> "127.0.0.1");
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private HttpResponse<String> send(String token, String method, String path, String type, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body))
                        .timeout(Duration.ofSeconds(40))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> hold(int seconds) throws IOException, InterruptedException {
        return send("internal", "POST", "/api/internal/quiesce", "application/json", "{\"seconds\":" + seconds + "}");
    }

    private HttpResponse<String> release(HttpResponse<String> hold) throws IOException, InterruptedException {
        String id = hold.body().replaceAll(".*\"id\":\"(\\d+)\".*", "$1");
        return send("internal", "DELETE", "/api/internal/quiesce/" + id, "application/json", "");
    }

    private HttpResponse<String> append(String account) throws IOException, InterruptedException {
        return send(
                "user-" + account,
                "POST",
                "/api/accounts/me/mailboxes/INBOX/messages",
                "message/rfc822",
                "Subject: kept\r\n\r\nkept\r\n");
    }

    private HttpResponse<String> list(String account) throws IOException, InterruptedException {
        return send("user-" + account, "GET", "/api/accounts/me/mailboxes/INBOX/messages", "text/plain", "");
    }

    private List<Document> everything() {
        List<Document> all = new ArrayList<>();
        for (var collection : List.of(
                database.accounts(),
                database.mailboxes(),
                database.pages(),
                database.messages(),
                database.blobs(),
                database.deliveries())) {
            collection.find().into(all);
        }
        return all;
    }

    @Test
    void nothingIsWrittenWhileItStandsStillAndReadingGoesOn() throws IOException, InterruptedException {
        assertThat(append("reader").statusCode()).isEqualTo(201);
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger good = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        HttpResponse<String> hold = hold(30);
        assertThat(hold.statusCode()).as(hold.body()).isEqualTo(200);
        List<Document> before = everything();
        for (int i = 0; i < 8; i++) {
            String account = "writer" + i;
            writers.add(Thread.startVirtualThread(() -> {
                try {
                    good.addAndGet(append(account).statusCode() == 201 ? 1 : 0);
                } catch (IOException | InterruptedException failed) {
                    throw new IllegalStateException(failed);
                } finally {
                    answers.incrementAndGet();
                }
            }));
        }
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(10))
                .until(() -> answers.get() == 0 && list("reader").body().contains("kept"));
        assertThat(everything()).isEqualTo(before);
        assertThat(hold(5).statusCode()).as("one at a time").isEqualTo(409);
        assertThat(release(hold).statusCode()).isEqualTo(204);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(good.get()).isEqualTo(8);
        assertThat(list("writer0").body()).contains("kept");
        assertThat(release(hold).statusCode()).as("ended already").isEqualTo(409);
    }

    @Test
    void itEndsByItselfAndSaysSo() throws IOException, InterruptedException {
        HttpResponse<String> hold = hold(1);
        assertThat(hold.statusCode()).as(hold.body()).isEqualTo(200);
        assertThat(append("patient").statusCode()).isEqualTo(201);
        assertThat(release(hold).statusCode()).isEqualTo(409);
    }

    @Test
    void onlyAdministratorsAndServicesMayAskAndOnlyForAnHour() throws IOException, InterruptedException {
        assertThat(send("user-somebody", "POST", "/api/internal/quiesce", "application/json", "{\"seconds\":1}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(hold(0).statusCode()).isEqualTo(422);
        assertThat(hold(3601).statusCode()).isEqualTo(422);
    }
}
