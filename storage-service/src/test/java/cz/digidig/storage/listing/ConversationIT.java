package cz.digidig.storage.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.storage.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
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
class ConversationIT {
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

    private void append(String user, String mailbox, int number, String references)
            throws IOException, InterruptedException {
        String message = "From: p%d@x.test\r\nTo: a@x.test\r\nSubject: s%d\r\nMessage-ID: <%d@t>\r\n%s\r\ntext\r\n"
                .formatted(
                        number % 3, number, number, references.isEmpty() ? "" : "References: " + references + "\r\n");
        HttpResponse<String> response =
                send(user, "POST", "/mailboxes/" + mailbox + "/messages", "message/rfc822", message);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static List<String> subjects(JsonNode page, String of) {
        List<String> subjects = new ArrayList<>();
        page.get("items")
                .forEach(item -> subjects.add(item.get(of).get("subject").asString()));
        return subjects;
    }

    @Test
    void listsConversationsByTheirNewestMessagePageByPage() throws IOException, InterruptedException {
        append("t1", "INBOX", 1, "");
        append("t1", "INBOX", 2, "");
        append("t1", "INBOX", 3, "<1@t>");
        append("t1", "INBOX", 4, "");
        append("t1", "INBOX", 5, "<1@t> <3@t>");
        JsonNode first = get("t1", "/mailboxes/INBOX/threads?limit=1");
        assertThat(subjects(first, "newest")).containsExactly("s5");
        JsonNode conversation = first.get("items").get(0);
        assertThat(conversation.get("messages").asInt()).isEqualTo(3);
        assertThat(conversation.get("unread").asInt()).isEqualTo(3);
        assertThat(conversation.get("uids").asString()).isEqualTo("1,3,5");
        assertThat(conversation.get("people")).hasSize(3);
        JsonNode rest =
                get("t1", "/mailboxes/INBOX/threads?cursor=" + first.get("next").asString());
        assertThat(subjects(rest, "newest")).containsExactly("s4", "s2");
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    void aConversationIsWholeAcrossMailboxes() throws IOException, InterruptedException {
        String sent = "";
        for (JsonNode mailbox : get("t2", "/mailboxes").get("items")) {
            if (mailbox.path("specialUse").asString("").equals("Sent")) {
                sent = mailbox.get("id").asString();
            }
        }
        append("t2", "INBOX", 1, "");
        append("t2", sent, 2, "<1@t>");
        append("t2", "INBOX", 3, "<1@t> <2@t>");
        append("t2", "INBOX", 4, "");
        append("t3", "INBOX", 5, "<1@t>");
        String thread = get("t2", "/mailboxes/INBOX/threads")
                .get("items")
                .get(1)
                .get("threadId")
                .asString();
        JsonNode messages = get("t2", "/threads/" + thread);
        assertThat(subjects(messages, "message")).containsExactly("s1", "s2", "s3");
        assertThat(messages.get("items").get(1).get("mailbox").get("id").asString())
                .isEqualTo(sent);
        assertThat(get("t2", "/threads/unknown").get("items")).isEmpty();
    }

    @Test
    void refusesWhatIsOutOfBounds() throws IOException, InterruptedException {
        assertThat(send("t4", "GET", "/mailboxes/INBOX/threads?limit=0", "", "").statusCode())
                .isEqualTo(422);
        assertThat(send("t4", "GET", "/mailboxes/INBOX/threads?limit=101", "", "")
                        .statusCode())
                .isEqualTo(422);
        assertThat(send("t4", "GET", "/mailboxes/INBOX/threads?cursor=%21", "", "")
                        .statusCode())
                .isEqualTo(422);
    }
}
