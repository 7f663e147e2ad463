package cz.digidig.storage.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
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
import java.util.UUID;
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
class AccountRemovalIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private final Database database;

    @LocalServerPort
    private int port;

    @Autowired
    AccountRemovalIT(Database database) {
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

    private HttpResponse<String> send(String token, String method, String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "message/rfc822")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private int append(String account) throws IOException, InterruptedException {
        return send(
                        "user-" + account,
                        "POST",
                        "/api/accounts/me/mailboxes/INBOX/messages",
                        "Subject: private\r\n\r\nfor nobody else\r\n")
                .statusCode();
    }

    private int remove(String token, String account) throws IOException, InterruptedException {
        return send(token, "DELETE", "/api/internal/accounts/" + account, "").statusCode();
    }

    private static String newAccount() {
        return "a" + UUID.randomUUID();
    }

    @Test
    void allMailIsGoneAndNoneComesAgainHoweverOftenItIsAskedFor() throws IOException, InterruptedException {
        String account = newAccount();
        String neighbour = newAccount();
        assertThat(append(account)).isEqualTo(201);
        assertThat(append(neighbour)).isEqualTo(201);

        assertThat(remove("internal", account)).isEqualTo(204);
        assertThat(remove("internal", account)).as("again").isEqualTo(204);

        assertThat(database.mailboxes().countDocuments(Filters.eq("account", account)))
                .isZero();
        assertThat(send("user-" + account, "GET", "/api/accounts/me/mailboxes", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(append(account)).as("mail under way").isEqualTo(404);
        assertThat(database.mailboxes().countDocuments(Filters.eq("account", account)))
                .isZero();
        assertThat(send("user-" + neighbour, "GET", "/api/accounts/me/mailboxes/INBOX/messages", "")
                        .body())
                .contains("private");
    }

    @Test
    void anAccountThatNeverHadMailGetsNoneAfterwards() throws IOException, InterruptedException {
        String account = newAccount();
        assertThat(remove("internal", account)).isEqualTo(204);
        assertThat(append(account)).isEqualTo(404);
    }

    @Test
    void onlyServicesMayAsk() throws IOException, InterruptedException {
        String account = newAccount();
        assertThat(append(account)).isEqualTo(201);
        assertThat(remove("user-" + account, account)).isEqualTo(403);
        assertThat(send("user-" + account, "GET", "/api/accounts/me/mailboxes/INBOX/messages", "")
                        .body())
                .contains("private");
    }
}
