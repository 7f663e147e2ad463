package cz.digidig.storage.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cz.digidig.storage.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
@Import(TestTokens.class)
class AccountSearchIT {
    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ObjectMapper json = new ObjectMapper();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs").toString());
        registry.add("digidig.bind-address", () -> "127.0.0.1");
        registry.add("digidig.index.delay", () -> "10ms");
        registry.add("digidig.search.index-from", () -> "0");
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private HttpResponse<String> send(String user, String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/accounts/me" + path))
                .header("Authorization", "Bearer user-" + user)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8));
        if (!body.isEmpty()) {
            request.header("Content-Type", type);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString(UTF_8));
    }

    private JsonNode get(String user, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(user, "GET", path, "", "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body());
    }

    private JsonNode search(String user, String query, String more) throws IOException, InterruptedException {
        return get(user, "/messages?q=" + URLEncoder.encode(query, UTF_8) + more);
    }

    private void append(String user, String mailbox, String message) throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(user, "POST", "/mailboxes/" + mailbox + "/messages", "message/rfc822", message);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private String mailbox(String user, String use) throws IOException, InterruptedException {
        for (JsonNode mailbox : get(user, "/mailboxes").get("items")) {
            if (mailbox.path("specialUse").asString("").equals(use)) {
                return mailbox.get("id").asString();
            }
        }
        throw new AssertionError("no mailbox for " + use);
    }

    private static List<String> subjects(JsonNode page) {
        List<String> subjects = new ArrayList<>();
        page.get("items")
                .forEach(item -> subjects.add(item.get("message").get("subject").asString()));
        return subjects;
    }

    private void awaitIndexed(String user, String typed) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        get(user, "/suggestions?q=" + typed).get("items").isEmpty())
                .isFalse());
    }

    @Test
    void allMailboxesAreSearchedNewestFirstPageByPage() throws IOException, InterruptedException {
        String sent = mailbox("finder", "Sent");
        for (int i = 0; i < 4; i++) {
            append("finder", "INBOX", "From: Ann <ann@x.example>\r\nSubject: report " + i + "\r\n\r\nThe needle\r\n");
            append(
                    "finder",
                    sent,
                    "To: Bob Novák <bob@y.example>\r\nSubject: answer " + i + "\r\n\r\nneedles here\r\n");
        }
        append("finder", "INBOX", "Subject: other\r\n\r\nnothing\r\n");
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = search("finder", "needle", "&limit=3" + cursor);
            assertThat(page.get("total").get("messages").asInt()).isBetween(8, 9);
            found.addAll(subjects(page));
            cursor = page.hasNonNull("next") ? "&cursor=" + page.get("next").asString() : "";
        } while (!cursor.isEmpty());
        assertThat(found)
                .hasSize(8)
                .startsWith("answer 3", "report 3", "answer 2")
                .endsWith("report 0");
        assertThat(subjects(search("finder", "in:sent needle \"answer 2\"", "")))
                .containsExactly("answer 2");
        assertThat(subjects(search("finder", "from:ann subject:rep 1", ""))).containsExactly("report 1");
        assertThat(subjects(search("finder", "needle -in:sent -0 -1 -2", ""))).containsExactly("report 3");
        assertThat(subjects(search("finder", "", ""))).hasSize(9);
        awaitIndexed("finder", "nov");
        // The index may take the messages in several steps.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode person = get("finder", "/suggestions?q=nov").get("items").get(0);
            assertThat(person.get("person").get("address").asString()).isEqualTo("bob@y.example");
            assertThat(person.get("messages").asInt()).isEqualTo(4);
        });
        assertThat(get("finder", "/suggestions?q=nobody").get("items").isEmpty())
                .isTrue();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode total = search("finder", "needle", "").get("total");
            assertThat(total.get("exact").asBoolean()).isTrue();
            assertThat(total.get("messages").asInt()).isEqualTo(8);
        });
    }

    @Test
    void whatWasLookedForIsMarkedInTheOriginalText() throws IOException, InterruptedException {
        String text = "Something long before it. ".repeat(20) + "Then <b>Grüße</b> & more words of it behind.";
        append(
                "marker",
                "INBOX",
                "Subject: An Annual REPORT\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n");
        JsonNode item = search("marker", "grüsse annual", "").get("items").get(0);
        JsonNode subject = item.get("subject");
        assertThat(subject.get("text").asString()).isEqualTo("An Annual REPORT");
        assertThat(marked(subject)).containsExactly("Annual");
        JsonNode snippet = item.get("snippet");
        assertThat(snippet.get("text").asString())
                .contains("<b>Grüße</b> & more")
                .hasSizeLessThanOrEqualTo(200);
        assertThat(marked(snippet)).containsExactly("Grüße");
        assertThat(item.get("mailbox").get("path").asString()).isEqualTo("INBOX");
    }

    private static List<String> marked(JsonNode marked) {
        String text = marked.get("text").asString();
        List<String> found = new ArrayList<>();
        marked.get("marks")
                .forEach(mark -> found.add(text.substring(
                        mark.get("start").asInt(), mark.get("end").asInt())));
        return found;
    }

    @Test
    void whatIsAskedWronglyIsRefusedAndOthersAreNotReached() throws IOException, InterruptedException {
        append("owner", "INBOX", "From: Carl <carl@x.example>\r\nSubject: secret\r\n\r\nsecret\r\n");
        HttpResponse<String> refused = send("owner", "GET", "/messages?q=a+is:blue", "", "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("position 5");
        for (String bad : List.of(
                "/messages?limit=0", "/messages?limit=101", "/messages?cursor=xyz", "/suggestions?q=a&limit=51")) {
            assertThat(send("owner", "GET", bad, "", "").statusCode()).as(bad).isEqualTo(422);
        }
        awaitIndexed("owner", "carl");
        assertThat(search("stranger", "secret", "").get("items").isEmpty()).isTrue();
        assertThat(get("stranger", "/suggestions?q=carl").get("items").isEmpty())
                .isTrue();
        HttpRequest other = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/accounts/owner/messages?q=secret"))
                .header("Authorization", "Bearer user-stranger")
                .build();
        assertThat(HTTP.send(other, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
    }

    @Test
    void healthSaysHowTheIndexIs() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/health"))
                    .build();
            JsonNode health = json.readTree(
                    HTTP.send(request, BodyHandlers.ofString(UTF_8)).body());
            JsonNode index = health.get("dependencies").get("search-index");
            assertThat(index.get("status").asString()).isEqualTo("UP");
            assertThat(index.get("detail").asString()).matches("[0-9]+ messages, up to date");
        });
    }
}
