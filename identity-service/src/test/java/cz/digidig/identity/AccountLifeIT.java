package cz.digidig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.identity.TestBrowser.Page;
import cz.digidig.identity.TestHttp.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** How accounts begin (by invitation, by registration), are signed in to by other providers, and end. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
class AccountLifeIT {
    private static final String PASSWORD = "a password for now";

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    private TestHttp http;
    private TestHttp admin;
    private TestBrowser browser;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs"));
        registry.add("digidig.service-secret", () -> "a secret of this test");
        registry.add("digidig.identity.seed.admin-password", () -> PASSWORD);
    }

    @BeforeEach
    void clients() {
        http = new TestHttp(port, null);
        admin = http.as(logIn("admin", PASSWORD).text("access_token"));
        browser = new TestBrowser(port);
    }

    private Answer logIn(String local, String password) {
        return http.post(
                "/api/auth/login", "{\"email\":\"%s@digidig.test\",\"password\":\"%s\"}".formatted(local, password));
    }

    private String make(String local) {
        Answer made = admin.post(
                "/api/accounts",
                "{\"email\":\"%s@digidig.test\",\"password\":\"%s\",\"mustChangePassword\":false}"
                        .formatted(local, PASSWORD));
        assertThat(made.status()).isEqualTo(201);
        return made.text("id");
    }

    private void settings(String change) {
        assertThat(admin.patch("/api/config", change).status()).isEqualTo(200);
    }

    @Test
    void somebodyIsInvitedAndSetsThePasswordOnce() {
        Answer made = admin.post("/api/accounts", "{\"email\":\"ivy@digidig.test\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("mustChangePassword").asBoolean(true)).isFalse();
        assertThat(logIn("ivy", "").status()).isIn(401, 422);
        String replaced = invite("ivy");
        String link = invite("ivy");
        assertThat(browser.get(replaced).status()).isEqualTo(404);

        Page page = browser.get(link);
        assertThat(page.body()).contains("ivy@digidig.test");
        Page differs = browser.submit(page, "/sign-in/invitation", Map.of("password", "my own words", "again", "no"));
        assertThat(differs.status()).isEqualTo(422);
        Page weak = browser.submit(page, "/sign-in/invitation", Map.of("password", "password", "again", "password"));
        assertThat(weak.status()).isEqualTo(422);
        Page in = browser.submit(
                page, "/sign-in/invitation", Map.of("password", "my own words", "again", "my own words"));

        assertThat(in.uri().getPath()).isEqualTo("/");
        assertThat(in.body()).contains("ivy@digidig.test");
        assertThat(logIn("ivy", "my own words").status()).isEqualTo(200);
        assertThat(new TestBrowser(port).get(link).status()).as("used").isEqualTo(404);
    }

    private String invite(String local) {
        Answer answer = admin.post("/api/accounts/" + local + "@digidig.test/invitation", "");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        URI link = URI.create(answer.text("url"));
        return link.getPath() + "?" + link.getQuery();
    }

    @Test
    void nobodyInvitesToTheOwnAccountOrBeyondTheOwnReach() {
        make("ned");
        String ned = logIn("ned", PASSWORD).text("access_token");

        assertThat(http.as(ned).post("/api/accounts/me/invitation", "").status())
                .isEqualTo(403);
        assertThat(http.as(ned)
                        .post("/api/accounts/admin@digidig.test/invitation", "")
                        .status())
                .isEqualTo(403);
        assertThat(admin.post("/api/accounts/admin@digidig.test/invitation", "").status())
                .isEqualTo(403);
    }

    @Test
    void aDeletedAccountIsOutOfServiceAndCanBeRestored() {
        String id = make("gone");
        String link = invite("gone");
        assertThat(admin.delete("/api/accounts/gone@digidig.test").status()).isEqualTo(204);

        assertThat(logIn("gone", PASSWORD).status()).isEqualTo(401);
        assertThat(browser.get(link).status()).isEqualTo(404);
        assertThat(admin.get("/api/accounts/" + id).status()).isEqualTo(404);
        assertThat(admin.patch("/api/accounts/" + id, "{\"enabled\":true}").status())
                .isEqualTo(404);
        assertThat(admin.get("/api/accounts?q=gone@").body().path("items").size())
                .isZero();
        assertThat(deleted()).contains("gone@digidig.test");

        assertThat(admin.post("/api/accounts/deleted/" + id + "/restore", "").status())
                .isEqualTo(200);
        assertThat(logIn("gone", PASSWORD).status()).isEqualTo(200);
        assertThat(deleted()).doesNotContain("gone@digidig.test");
        assertThat(admin.delete("/api/accounts/deleted/" + id).status())
                .as("it is not deleted")
                .isEqualTo(404);
    }

    private List<String> deleted() {
        List<String> emails = new ArrayList<>();
        admin.get("/api/accounts/deleted")
                .body()
                .forEach(account -> emails.add(account.path("email").asString("")));
        return emails;
    }

    @Test
    void theAddressOfADeletedAccountStaysTakenUntilItIsRemoved() {
        String id = make("twice");
        String group = "{\"address\":\"twice@digidig.test\",\"members\":[\"admin@digidig.test\"]}";
        String alias = "{\"address\":\"twice@digidig.test\",\"targets\":[\"admin@digidig.test\"]}";
        admin.delete("/api/accounts/" + id);

        for (Answer refused : List.of(
                admin.post("/api/accounts", "{\"email\":\"Twice@digidig.test\"}"),
                admin.post("/api/aliases", alias),
                admin.post("/api/groups", group))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text("detail")).contains("deleted account");
        }
        assertThat(admin.post("/api/accounts/taken", "{\"addresses\":[\"twice@digidig.test\"]}")
                        .body()
                        .path("taken")
                        .size())
                .isEqualTo(1);
        assertThat(admin.post("/api/accounts/deleted/" + id + "/restore", "").status())
                .isEqualTo(200);

        admin.delete("/api/accounts/" + id);
        assertThat(admin.delete("/api/accounts/deleted/" + id).status()).isEqualTo(204);
        assertThat(deleted()).doesNotContain("twice@digidig.test");
        assertThat(make("twice")).as("mail belongs to an id").isNotEqualTo(id);
    }

    @Test
    void withoutGraceAnAccountIsRemovedAtOnce() {
        make("brief");
        settings("{\"accounts\":{\"graceDays\":0}}");
        try {
            assertThat(admin.delete("/api/accounts/brief@digidig.test").status())
                    .isEqualTo(204);
            assertThat(deleted()).doesNotContain("brief@digidig.test");
        } finally {
            settings("{\"accounts\":{\"graceDays\":30}}");
        }
    }

    @Test
    void manyAddressesAreAskedForAtOnce() {
        make("held");
        admin.post("/api/aliases", "{\"address\":\"name@digidig.test\",\"targets\":[\"held@digidig.test\"]}");

        Answer answer = admin.post(
                "/api/accounts/taken",
                "{\"addresses\":[\"Held@digidig.test\",\"free@digidig.test\",\"name@digidig.test\",\"nonsense\"]}");

        assertThat(answer.body().path("taken").toString())
                .contains("Held@", "name@")
                .doesNotContain("free", "nonsense");
    }

    @Test
    void peopleRegisterWhereTheSettingsLetThemAlone() {
        assertThat(browser.get("/sign-in/register").status()).isEqualTo(404);
        assertThat(browser.get("/sign-in").body()).doesNotContain("/sign-in/register");
        settings(
                "{\"registration\":{\"enabled\":true,\"domains\":[\"digidig.test\",\"elsewhere.test\"],\"perAddressAndHour\":4}}");
        try {
            assertThat(browser.get("/sign-in").body()).contains("/sign-in/register");
            Page page = browser.get("/sign-in/register");
            assertThat(page.body()).contains("digidig.test").doesNotContain("elsewhere.test");
            assertThat(register(page, "postmaster", "digidig.test").status()).isEqualTo(422);
            assertThat(register(page, "../x", "digidig.test").status()).isEqualTo(422);
            assertThat(register(page, "rita", "elsewhere.test").status()).isEqualTo(422);

            Page in = register(page, "Rita", "digidig.test");
            assertThat(in.uri().getPath()).isEqualTo("/");
            assertThat(in.body()).contains("rita@digidig.test");
            assertThat(admin.get("/api/accounts/rita@digidig.test")
                            .body()
                            .path("roles")
                            .toString())
                    .isEqualTo("[\"user\"]");

            browser = new TestBrowser(port);
            Page taken = register(browser.get("/sign-in/register"), "rita", "digidig.test");
            assertThat(taken.status()).isEqualTo(422);
            admin.delete("/api/accounts/rita@digidig.test");
            assertThat(register(taken, "rita", "digidig.test").status())
                    .as("deleted, and can be restored")
                    .isEqualTo(422);
            admin.call("put", "/api/domains/digidig.test/limits", "{\"maxAccounts\":1}");
            Page full = register(taken, "rita2", "digidig.test");
            admin.call("put", "/api/domains/digidig.test/limits", "{}");
            assertThat(full.status()).isEqualTo(422);
            assertThat(full.body()).contains("takes no more accounts");
            assertThat(register(taken, "rita2", "digidig.test").status()).isEqualTo(429);
        } finally {
            settings("{\"registration\":{\"enabled\":false}}");
        }
    }

    private Page register(Page page, String local, String domain) {
        return browser.submit(
                page,
                "/sign-in/register",
                Map.of(
                        "local",
                        local,
                        "domain",
                        domain,
                        "name",
                        "<b>Rita</b>",
                        "password",
                        "my own words",
                        "again",
                        "my own words"));
    }

    @Test
    void anotherProviderSignsInWhoseVerifiedAddressHasAnAccount() throws Exception {
        make("eva");
        try (TestProvider other = new TestProvider()) {
            settings(
                    "{\"externalProviders\":[{\"id\":\"partner\",\"name\":\"<i>Work</i>\",\"issuer\":\"%s\",\"clientId\":\"digidig\",\"password\":\"s\"}]}"
                            .formatted(other.issuer()));
            assertThat(browser.get("/sign-in").body()).contains("Sign in with &lt;i&gt;Work&lt;/i&gt;");
            other.email = "eva@digidig.test";
            other.verified = false;
            assertThat(signInBy(other).uri().getPath()).as("not verified").isEqualTo("/sign-in");
            other.verified = true;
            other.email = "nobody@digidig.test";
            assertThat(signInBy(other).uri().getPath()).as("no account").isEqualTo("/sign-in");

            other.email = "Eva@DIGIDIG.test";
            assertThat(signInBy(other).body()).contains("eva@digidig.test");
            browser = new TestBrowser(port);
            other.email = "renamed@work.example";
            assertThat(signInBy(other).body()).as("known by the subject").contains("eva@digidig.test");

            assertThat(new TestBrowser(port)
                            .get("/sign-in/external/partner/callback?code=c&state=x")
                            .uri()
                            .getPath())
                    .as("an answer that nobody asked for")
                    .isEqualTo("/sign-in");
            admin.patch("/api/accounts/eva@digidig.test", "{\"enabled\":false}");
            browser = new TestBrowser(port);
            assertThat(signInBy(other).uri().getPath()).as("disabled").isEqualTo("/sign-in");
        } finally {
            settings("{\"externalProviders\":[]}");
        }
    }

    private Page signInBy(TestProvider other) {
        Page elsewhere = browser.submit(browser.get("/sign-in"), "/sign-in/external/partner", Map.of());
        assertThat(elsewhere.elsewhere()).isTrue();
        assertThat(Objects.requireNonNull(elsewhere.uri().getQuery())).contains("code_challenge=", "nonce=");
        return browser.get(other.answerTo(elsewhere.uri()));
    }
}
