package cz.digidig.storage.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.api.storage.MessageApi;
import cz.digidig.storage.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.UUID;
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
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
@Import(TestTokens.class)
class BlockedSendersIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private final String account = "a" + UUID.randomUUID();

    @LocalServerPort
    private int port;

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
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> block(String senders) throws IOException, InterruptedException {
        return send(
                "user-" + account,
                "PUT",
                "/api/accounts/me/blocked-senders",
                "application/json",
                "{\"senders\":[" + senders + "]}");
    }

    private String deliver(String from) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(
                "internal",
                "POST",
                MessageApi.DELIVERIES_PATH + "?key=" + UUID.randomUUID() + "&account=" + account,
                "message/rfc822",
                "From: " + from + "\r\nSubject: x\r\n\r\nx\r\n");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private String mailbox(String path) throws IOException, InterruptedException {
        String listed = send("user-" + account, "GET", "/api/accounts/me/mailboxes", "text/plain", "")
                .body();
        for (JsonNode one : new JsonMapper().readTree(listed).path("items")) {
            if (one.path("path").asString().equals(path)) {
                return one.path("id").asString();
            }
        }
        throw new AssertionError("no " + path + " in " + listed);
    }

    @Test
    void mailOfBlockedSendersIsDeliveredToJunk() throws IOException, InterruptedException {
        assertThat(deliver("Offers <offers@example.org>")).contains(mailbox("INBOX"));
        HttpResponse<String> blocked = block("\"Offers@Example.org\",\"@spam.example\",\"@spam.example\"");
        assertThat(blocked.statusCode()).isEqualTo(200);
        assertThat(blocked.body()).isEqualTo("{\"senders\":[\"offers@example.org\",\"@spam.example\"]}");
        String junk = mailbox("Junk");
        assertThat(deliver("Offers <OFFERS@example.org>")).contains(junk);
        assertThat(deliver("anybody@Spam.Example")).contains(junk);
        assertThat(deliver("other@example.org")).contains(mailbox("INBOX"));
        assertThat(deliver("")).contains(mailbox("INBOX"));
        // What changes the mailboxes keeps them.
        send("user-" + account, "POST", "/api/accounts/me/mailboxes", "application/json", "{\"path\":\"Work\"}");
        assertThat(deliver("offers@example.org")).contains(junk);
        block("");
        assertThat(deliver("offers@example.org")).contains(mailbox("INBOX"));
    }

    @Test
    void whatIsNoSenderIsRefusedAndTheOthersStay() throws IOException, InterruptedException {
        block("\"offers@example.org\"");
        assertThat(block("\"nonsense\"").statusCode()).isEqualTo(422);
        assertThat(block("null").statusCode()).isEqualTo(422);
        assertThat(block("\"a@b.example\",".repeat(1000) + "\"c@d.example\"").statusCode())
                .isEqualTo(422);
        assertThat(send("user-" + account, "GET", "/api/accounts/me/blocked-senders", "text/plain", "")
                        .body())
                .isEqualTo("{\"senders\":[\"offers@example.org\"]}");
    }
}
