package cz.digidig.storage.mailbox;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
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

/** Whichever way a change of flags takes, its caller sees the same. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
@Import(TestTokens.class)
class DirectFlagsIT {
    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** What every answer of the usual way has, and none of the other. */
    private static final String USUAL = "X-Content-Type-Options";

    private static final String RECORDED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String NOT_RECORDED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

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

    @BeforeEach
    void aMessage() throws IOException, InterruptedException {
        HttpResponse<String> appended =
                post("user-ann", "ann", "INBOX/messages", "message/rfc822", "A: b\r\n\r\n", NOT_RECORDED);
        assertThat(appended.statusCode()).as(appended.body()).isEqualTo(201);
    }

    private HttpResponse<String> post(String token, String account, String path, String type, String body, String trace)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/accounts/" + account + "/mailboxes/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .header("traceparent", trace)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> flags(String token, String account, String mailbox, String body, String trace)
            throws IOException, InterruptedException {
        return post(token, account, mailbox + "/flags", "application/json", body, trace);
    }

    private static String change(String uids, String mode, String flag) {
        return "{\"uids\":\"%s\",\"mode\":\"%s\",\"flags\":[\"%s\"]}".formatted(uids, mode, flag);
    }

    private static boolean usual(HttpResponse<String> answer) {
        return answer.headers().firstValue(USUAL).isPresent();
    }

    @Test
    void bothWaysChangeFlagsAndSayTheSame() throws IOException, InterruptedException {
        HttpResponse<String> direct = flags("internal", "ann", "INBOX", change("1", "ADD", "\\\\Seen"), NOT_RECORDED);
        HttpResponse<String> usual = flags("internal", "ann", "INBOX", change("1", "ADD", "\\\\Seen"), RECORDED);
        assertThat(usual(direct)).isFalse();
        assertThat(usual(usual)).isTrue();
        assertThat(direct.statusCode()).as(direct.body()).isEqualTo(200);
        assertThat(direct.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        JsonNode first = json.readTree(direct.body());
        JsonNode second = json.readTree(usual.body());
        assertThat(first.get("modSeq").asLong()).isPositive();
        // The second found everything as wished.
        assertThat(second.get("modSeq").asLong()).isZero();
        assertThat(second.get("changed")).isEqualTo(first.get("changed"));
        assertThat(second.get("highestModSeq")).isEqualTo(first.get("highestModSeq"));
    }

    @Test
    void bothWaysRefuseAlike() throws IOException, InterruptedException {
        for (String[] bad : new String[][] {
            {"nowhere", change("1", "ADD", "x")},
            {"INBOX", change("x", "ADD", "x")},
            {"INBOX", change("1", "ADD", "\\\\Unknown")},
        }) {
            HttpResponse<String> direct = flags("internal", "ann", bad[0], bad[1], NOT_RECORDED);
            HttpResponse<String> usual = flags("internal", "ann", bad[0], bad[1], RECORDED);
            assertThat(usual(direct)).isFalse();
            assertThat(direct.statusCode())
                    .as(bad[1])
                    .isEqualTo(usual.statusCode())
                    .isBetween(400, 499);
            JsonNode problem = json.readTree(direct.body());
            assertThat(problem.get("type"))
                    .isEqualTo(json.readTree(usual.body()).get("type"));
            assertThat(problem.get("detail"))
                    .isEqualTo(json.readTree(usual.body()).get("detail"));
        }
        HttpResponse<String> malformed = flags("internal", "ann", "INBOX", "{\"uids\":", NOT_RECORDED);
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    @Test
    void onlyTheSuitesOwnServicesTakeTheShortWay() throws IOException, InterruptedException {
        HttpResponse<String> own = flags("user-ann", "me", "INBOX", change("1", "ADD", "x"), NOT_RECORDED);
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(usual(own)).isTrue();
        HttpResponse<String> others = flags("user-bob", "ann", "INBOX", change("1", "ADD", "y"), NOT_RECORDED);
        assertThat(others.statusCode()).isEqualTo(404);
        HttpResponse<String> large =
                flags("internal", "ann", "INBOX", " ".repeat(70_000) + change("1", "ADD", "x"), NOT_RECORDED);
        assertThat(large.statusCode()).as(large.body()).isEqualTo(200);
        assertThat(usual(large)).isTrue();
    }
}
