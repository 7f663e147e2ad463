package cz.digidig.storage.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
class MessageListIT {
    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String MIXED = """
            From: Ann Example <ann@example.org>
            To: bob@example.net
            Subject: the photo of a cat
            Date: Tue, 24 Nov 2026 09:30:00 +0100
            Message-ID: <one@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe
            --b
            Content-Type: image/png
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename*=utf-8''k%C5%99e%C4%8Dek.png

            Y2F0
            --b--
            """.replace("\n", "\r\n");

    private final ObjectMapper json = new ObjectMapper();

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

    private HttpResponse<byte[]> send(String user, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/accounts/me/mailboxes/INBOX/messages" + path))
                .header("Authorization", "Bearer user-" + user)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private JsonNode get(String user, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(user, "GET", path, "");
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
        return json.readTree(response.body());
    }

    private String append(String user, String message) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(user, "POST", "", message, "Content-Type", "message/rfc822");
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(201);
        return json.readTree(response.body()).get("id").asString();
    }

    private static String query(String text) {
        return "?q=" + URLEncoder.encode(text, UTF_8);
    }

    @Test
    void aListShowsTheNewestFirstPageByPageAndFindsByWords() throws IOException, InterruptedException {
        for (int i = 0; i < 7; i++) {
            append("lister", "Subject: number " + i + "\r\n\r\n" + (i % 2 == 0 ? "even" : "odd") + "\r\n");
        }
        List<String> subjects = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("lister", "?limit=3" + cursor);
            page.get("items").forEach(item -> subjects.add(item.get("subject").asString()));
            cursor = page.has("next") ? "&cursor=" + page.get("next").asString() : "";
        } while (!cursor.isEmpty());
        assertThat(subjects).hasSize(7).startsWith("number 6", "number 5").endsWith("number 0");
        JsonNode found = get("lister", query("EVEN -subject:4 is:unread") + "&limit=2");
        assertThat(found.get("items").size()).isEqualTo(2);
        assertThat(found.get("items").get(1).get("subject").asString()).isEqualTo("number 2");
        assertThat(get("lister", query("nowhere")).get("items").isEmpty()).isTrue();
        append("lister", "Subject: number 7\r\n\r\neven\r\n");
        assertThat(get("lister", query("even")).get("items").size()).isEqualTo(5);
    }

    @Test
    void aMessageIsReadWithItsPartsAndItsOctets() throws IOException, InterruptedException {
        String id = append("reader", MIXED);
        JsonNode item = get("reader", query("has:attachment from:ann GRÜSSE"))
                .get("items")
                .get(0);
        assertThat(item.get("id").asString()).isEqualTo(id);
        assertThat(item.get("date").asString()).isEqualTo("2026-11-24T08:30:00Z");
        assertThat(item.get("from").get(0).get("name").asString()).isEqualTo("Ann Example");
        assertThat(item.get("preview").asString()).isEqualTo("Grüße");
        JsonNode detail = get("reader", "/" + id);
        assertThat(detail.get("text").asString()).isEqualTo("Grüße");
        JsonNode attachment = detail.get("attachments").get(0);
        assertThat(attachment.get("name").asString()).isEqualTo("křeček.png");
        HttpResponse<byte[]> part = send(
                "reader", "GET", "/" + id + "/parts/" + attachment.get("part").asString(), "");
        assertThat(new String(part.body(), UTF_8)).isEqualTo("cat");
        assertThat(part.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(part.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;");
        assertThat(new String(send("reader", "GET", "/" + id + "/raw", "").body(), UTF_8))
                .isEqualTo(MIXED);
        HttpResponse<byte[]> range = send("reader", "GET", "/" + id + "/raw", "", "Range", "bytes=6-8");
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(new String(range.body(), UTF_8)).isEqualTo("Ann");
        assertThat(send("reader", "GET", "/" + id + "/raw", "", "Range", "bytes=999999-")
                        .statusCode())
                .isEqualTo(416);
    }

    @Test
    void flagsChangeAndAMessageGoesForGood() throws IOException, InterruptedException {
        String id = append("keeper", MIXED);
        HttpResponse<byte[]> changed = send(
                "keeper", "PATCH", "/" + id, "{\"add\":[\"\\\\Seen\",\"$Later\"]}", "Content-Type", "application/json");
        assertThat(changed.statusCode()).as(new String(changed.body(), UTF_8)).isEqualTo(200);
        assertThat(json.readTree(changed.body()).get("flags").get(0).asString()).isEqualTo("\\Seen");
        assertThat(get("keeper", query("is:unread")).get("items").isEmpty()).isTrue();
        assertThat(get("keeper", query("keyword:$later")).get("items").size()).isEqualTo(1);
        assertThat(send("keeper", "DELETE", "/" + id, "").statusCode()).isEqualTo(204);
        assertThat(send("keeper", "GET", "/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsAskedWronglyIsRefusedAndOthersAreNotReached() throws IOException, InterruptedException {
        String id = append("owner", MIXED);
        for (String bad : List.of("?limit=0", "?limit=999", "?cursor=%21", "?cursor=AAAA")) {
            assertThat(send("owner", "GET", bad, "").statusCode()).as(bad).isEqualTo(422);
        }
        assertThat(send("owner", "GET", query("before:monday"), "").statusCode())
                .isEqualTo(400);
        assertThat(send("stranger", "GET", "/" + id, "").statusCode()).isEqualTo(404);
        assertThat(send("owner", "GET", "/" + id + "/parts/9", "").statusCode()).isEqualTo(404);
        HttpRequest other = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/accounts/owner/mailboxes/INBOX/messages"))
                .header("Authorization", "Bearer user-stranger")
                .build();
        assertThat(HTTP.send(other, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
    }
}
