package cz.digidig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.identity.TestBrowser.Page;
import cz.digidig.identity.TestHttp.Answer;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Steps of a sign-in, second factors, app passwords, sessions and what the audit log tells of them. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
@Import(CountedHashes.class)
class SignInIT {
    private static final String PASSWORD = "a password for now";
    private static final String SECRET = "a secret of this test";

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    private final CountedHashes.Hasher hashes;

    private TestHttp http;
    private TestBrowser browser;

    @Autowired
    SignInIT(CountedHashes.Hasher hashes) {
        this.hashes = hashes;
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs"));
        registry.add("digidig.service-secret", () -> SECRET);
        registry.add("digidig.identity.seed.admin-password", () -> PASSWORD);
    }

    @BeforeEach
    void clients() {
        http = new TestHttp(port, null);
        browser = new TestBrowser(port);
    }

    private Answer logIn(String email, String password, String code) {
        return http.post(
                "/api/auth/login",
                "{\"email\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}".formatted(email, password, code));
    }

    private TestHttp admin() {
        return http.as(logIn("admin@digidig.test", PASSWORD, "").text("access_token"));
    }

    /** Makes an account whose password is its own, and gives its client. */
    private TestHttp person(String local) {
        make(local, false);
        return http.as(logIn(local + "@digidig.test", PASSWORD, "").text("access_token"));
    }

    private String make(String local, boolean mustChange) {
        Answer made = admin().post(
                        "/api/accounts",
                        "{\"email\":\"%s@digidig.test\",\"password\":\"%s\",\"mustChangePassword\":%s}"
                                .formatted(local, PASSWORD, mustChange));
        assertThat(made.status()).isEqualTo(201);
        return made.text("id");
    }

    private Page signIn(TestBrowser with, String local, String password) {
        return with.submit(
                with.get("/sign-in"), "/sign-in", Map.of("email", local + "@digidig.test", "password", password));
    }

    private static String code(String secret, long ahead) {
        try {
            return new DefaultCodeGenerator().generate(secret, Clock.systemUTC().millis() / 30_000 + ahead);
        } catch (CodeGenerationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Turns codes on, and gives the secret and the recovery codes. */
    private static Enrolled enrol(TestHttp person) {
        Answer begun = person.post("/api/accounts/me/totp", "{}");
        assertThat(begun.status()).isEqualTo(200);
        String secret = begun.text("secret");
        assertThat(begun.text("uri")).startsWith("otpauth://totp/DIGiDIG%3A").contains("secret=" + secret);
        assertThat(begun.text("image")).startsWith("data:image/svg+xml;base64,");
        Answer on = person.post("/api/accounts/me/totp/confirm", "{\"code\":\"%s\"}".formatted(code(secret, 0)));
        assertThat(on.status()).isEqualTo(200);
        List<String> recovery = new ArrayList<>();
        on.body().path("recoveryCodes").forEach(one -> recovery.add(one.asString("")));
        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        return new Enrolled(secret, recovery);
    }

    private record Enrolled(String secret, List<String> recovery) {}

    private int mailLogIn(String local, String password) {
        String basic = Base64.getEncoder().encodeToString(("imap-service:" + SECRET).getBytes(StandardCharsets.UTF_8));
        String token = http.form("/oauth2/token", basic, "grant_type=client_credentials")
                .text("access_token");
        return http.as(token)
                .post(
                        "/api/internal/authenticate",
                        "{\"username\":\"%s@digidig.test\",\"password\":\"%s\",\"protocol\":\"imap\",\"clientAddress\":\"192.0.2.7\"}"
                                .formatted(local, password))
                .status();
    }

    private List<String> audited(String query) {
        List<String> actions = new ArrayList<>();
        admin().get("/api/audit?limit=200&q=" + query)
                .body()
                .path("items")
                .forEach(item -> actions.add(item.path("action").asString("")));
        return actions;
    }

    /** How many hashes an attempt costs. */
    private long cost(Runnable attempt) {
        long before = hashes.count();
        attempt.run();
        return hashes.count() - before;
    }

    private void refused(String local, String password) {
        assertThat(logIn(local + "@digidig.test", password, "").status()).isEqualTo(401);
    }

    @Test
    void whoAnAccountIsCanNotBeToldByTheWorkOfARefusal() {
        TestHttp admin = admin();
        // Not taken back: the failures that are counted for this address would hold up the other tests.
        admin.patch("/api/config", "{\"throttling\":{\"freePerAddress\":1000}}");
        make("cost-known", false);
        enrol(person("cost-coded"));
        admin.patch("/api/accounts/" + make("cost-off", false), "{\"enabled\":false}");
        admin.delete("/api/accounts/" + make("cost-deleted", false));
        admin.post("/api/accounts", "{\"email\":\"cost-invited@digidig.test\"}");
        for (String local :
                List.of("cost-nobody", "cost-known", "cost-coded", "cost-off", "cost-deleted", "cost-invited")) {
            assertThat(cost(() -> refused(local, "wrong"))).as(local).isOne();
            assertThat(cost(() -> assertThat(signIn(new TestBrowser(port), local, "wrong")
                                    .status())
                            .isEqualTo(401)))
                    .as(local + ", by the page")
                    .isOne();
            assertThat(cost(() -> assertThat(mailLogIn(local, "wrong")).isEqualTo(401)))
                    .as(local + ", by a mail program")
                    .isOne();
        }
        assertThat(cost(() -> refused("cost-off", PASSWORD))).as("disabled").isOne();
        assertThat(cost(() -> refused("cost-deleted", PASSWORD))).as("deleted").isOne();
        assertThat(cost(() -> assertThat(mailLogIn("cost-coded", PASSWORD)).isEqualTo(401)))
                .as("with a second factor a mail program needs an app password")
                .isOne();
        for (String local : List.of("cost-nobody", "cost-known")) {
            for (int failures = 2; failures < 5; failures++) {
                refused(local, "wrong");
            }
            assertThat(cost(() -> assertThat(
                                    logIn(local + "@digidig.test", "wrong", "").status())
                            .isEqualTo(429)))
                    .as(local + ", slowed down")
                    .isZero();
        }
    }

    @Test
    void aPasswordThatSomebodyElseChoseIsChangedFirst() {
        make("fresh", true);
        Page page = signIn(browser, "fresh", PASSWORD);
        assertThat(page.uri().getPath()).isEqualTo("/sign-in/new-password");
        assertThat(browser.get("/").uri().getPath()).as("not signed in yet").isEqualTo("/sign-in");

        Page differs = browser.submit(
                page, "/sign-in/new-password", Map.of("password", "my own words", "again", "my own word"));
        assertThat(differs.status()).isEqualTo(422);
        Page same = browser.submit(page, "/sign-in/new-password", Map.of("password", PASSWORD, "again", PASSWORD));
        assertThat(same.status()).isEqualTo(422);
        Page done = browser.submit(
                page, "/sign-in/new-password", Map.of("password", "my own words", "again", "my own words"));
        assertThat(done.body()).contains("fresh@digidig.test");

        assertThat(signIn(new TestBrowser(port), "fresh", PASSWORD).status()).isEqualTo(401);
        assertThat(signIn(new TestBrowser(port), "fresh", "my own words").body())
                .contains("fresh@digidig.test");
        assertThat(audited("fresh")).contains("account-created", "password-changed", "signed-in");
    }

    @Test
    void aSecondFactorIsAskedForAndEachCodeIsGoodOnce() {
        Enrolled enrolled = enrol(person("carol"));
        Page page = signIn(browser, "carol", PASSWORD);
        assertThat(page.uri().getPath()).isEqualTo("/sign-in/code");
        assertThat(browser.get("/").uri().getPath()).as("not signed in yet").isEqualTo("/sign-in");
        assertThat(browser.submit(page, "/sign-in/code", Map.of("code", "000000"))
                        .status())
                .isEqualTo(401);
        assertThat(browser.submit(page, "/sign-in/code", Map.of("code", code(enrolled.secret(), 0)))
                        .status())
                .as("the code that turned it on")
                .isEqualTo(401);
        String next = code(enrolled.secret(), 1);
        assertThat(browser.submit(page, "/sign-in/code", Map.of("code", next)).body())
                .contains("carol@digidig.test");

        assertThat(logIn("carol@digidig.test", PASSWORD, "").status()).isEqualTo(401);
        assertThat(logIn("carol@digidig.test", PASSWORD, next).status())
                .as("used")
                .isEqualTo(401);
        String recovery = enrolled.recovery().getFirst();
        assertThat(logIn("carol@digidig.test", PASSWORD, recovery).status()).isEqualTo(200);
        assertThat(logIn("carol@digidig.test", PASSWORD, recovery).status()).isEqualTo(401);
        assertThat(audited("carol")).contains("second-factor-added", "recovery-code-used");
    }

    @Test
    void aRememberedBrowserIsAskedForNoCodeUntilItIsForgotten() {
        TestHttp dave = person("dave");
        Enrolled enrolled = enrol(dave);
        Page page = signIn(browser, "dave", PASSWORD);
        browser.submit(page, "/sign-in/code", Map.of("code", code(enrolled.secret(), 1), "remember", "true"));
        browser.submit(browser.get("/"), "/logout", Map.of());

        assertThat(signIn(browser, "dave", PASSWORD).body()).contains("dave@digidig.test");
        assertThat(signIn(new TestBrowser(port), "dave", PASSWORD).uri().getPath())
                .isEqualTo("/sign-in/code");
        assertThat(dave.delete("/api/accounts/me/sessions").status()).isEqualTo(204);
        assertThat(signIn(browser, "dave", PASSWORD).uri().getPath()).isEqualTo("/sign-in/code");
    }

    @Test
    void theWayRoundTheCodeIsClosed() {
        make("eve", true);
        enrol(http.as(logIn("eve@digidig.test", PASSWORD, "").text("access_token")));
        signIn(browser, "eve", PASSWORD);

        Page form = browser.get("/sign-in/new-password");
        Page answer = browser.submit(
                form, "/sign-in/new-password", Map.of("password", "stolen words", "again", "stolen words"));

        assertThat(answer.uri().getPath()).isEqualTo("/sign-in");
        assertThat(signIn(new TestBrowser(port), "eve", "stolen words").status())
                .isEqualTo(401);
    }

    @Test
    void mailProgramsUseAppPasswordsAloneOnceThereIsASecondFactor() {
        TestHttp frank = person("frank");
        assertThat(mailLogIn("frank", PASSWORD)).isEqualTo(200);
        Answer made = frank.post("/api/accounts/me/app-passwords", "{\"name\":\"Phone\"}");
        assertThat(made.status()).isEqualTo(201);
        String app = made.text("password");
        assertThat(mailLogIn("frank", app)).isEqualTo(200);
        assertThat(mailLogIn("frank", app.replace("-", " "))).isEqualTo(200);
        assertThat(logIn("frank@digidig.test", app, "").status())
                .as("not for the web")
                .isEqualTo(401);

        enrol(frank);
        assertThat(mailLogIn("frank", PASSWORD)).isEqualTo(401);
        assertThat(mailLogIn("frank", app)).isEqualTo(200);
        JsonNode listed = frank.get("/api/accounts/me/app-passwords").body().path(0);
        assertThat(listed.path("name").asString("")).isEqualTo("Phone");
        assertThat(listed.path("lastUsedBy").asString("")).isEqualTo("imap");
        assertThat(listed.path("lastUsedFrom").asString("")).isEqualTo("192.0.2.7");
        assertThat(listed.toString()).doesNotContain(app);

        TestHttp other = person("grace");
        assertThat(other.delete("/api/accounts/me/app-passwords/" + made.text("id"))
                        .status())
                .isEqualTo(404);
        assertThat(frank.delete("/api/accounts/me/app-passwords/" + made.text("id"))
                        .status())
                .isEqualTo(204);
        assertThat(mailLogIn("frank", app)).isEqualTo(401);
        assertThat(audited("frank")).contains("app-password-created", "app-password-revoked");
    }

    @Test
    void aKeyIsExchangedForATokenOfItsScopesUntilItIsRevoked() {
        TestHttp kim = person("kim");
        String end = Clock.systemUTC().instant().plusSeconds(3600).toString();
        String body = "{\"name\":\"Backup\",\"scopes\":[\"%s\"],\"expiresAt\":\"%s\"}";
        assertThat(kim.post("/api/accounts/me/api-keys", body.formatted("admin", end))
                        .status())
                .isEqualTo(403);
        assertThat(kim.post("/api/accounts/me/api-keys", body.formatted("account", "2001-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(422);
        Answer made = kim.post("/api/accounts/me/api-keys", body.formatted("account", end));
        assertThat(made.status()).isEqualTo(201);
        String exchange = "{\"key\":\"%s\"}".formatted(made.text("key"));

        Answer token = http.post("/api/auth/key", exchange);
        assertThat(token.status()).isEqualTo(200);
        assertThat(token.text("scope")).isEqualTo("account");
        TestHttp program = http.as(token.text("access_token"));
        assertThat(program.get("/api/accounts/me").text("email")).isEqualTo("kim@digidig.test");
        assertThat(program.post("/api/accounts/me/api-keys", body.formatted("mail.read", end))
                        .status())
                .as("a key makes no stronger one")
                .isEqualTo(403);
        JsonNode listed = kim.get("/api/accounts/me/api-keys").body().path(0);
        assertThat(listed.path("lastUsedAt").asString("")).isNotEmpty();
        assertThat(listed.toString()).doesNotContain(made.text("key"));

        assertThat(kim.delete("/api/accounts/me/api-keys/" + made.text("id")).status())
                .isEqualTo(204);
        assertThat(http.post("/api/auth/key", exchange).status()).isEqualTo(401);
        assertThat(audited("kim")).contains("api-key-created", "api-key-revoked");
    }

    @Test
    void sessionsAreListedAndEndedOneByOneOrAll() {
        TestHttp heidi = person("heidi");
        signIn(browser, "heidi", PASSWORD);
        TestBrowser second = new TestBrowser(port);
        signIn(second, "heidi", PASSWORD);
        JsonNode sessions = heidi.get("/api/accounts/me/sessions").body();
        assertThat(sessions.size()).isEqualTo(3);
        assertThat(sessions.path(0).path("kind").asString("")).isEqualTo("browser");
        assertThat(sessions.path(0).path("address").asString("")).isEqualTo("127.0.0.1");
        assertThat(sessions.path(2).path("kind").asString("")).isEqualTo("token");

        String path = "/api/accounts/me/sessions/" + sessions.path(0).path("id").asString("");
        assertThat(person("ivan").delete(path).status()).as("somebody else's").isEqualTo(404);
        assertThat(heidi.delete(path).status()).isEqualTo(204);
        assertThat(heidi.delete(path).status()).isEqualTo(404);
        boolean first = browser.get("/").body().contains("heidi@");
        assertThat(second.get("/").body().contains("heidi@")).isNotEqualTo(first);

        assertThat(heidi.delete("/api/accounts/me/sessions").status()).isEqualTo(204);
        assertThat(browser.get("/").uri().getPath()).isEqualTo("/sign-in");
        assertThat(second.get("/").uri().getPath()).isEqualTo("/sign-in");
        assertThat(heidi.get("/api/accounts/me/sessions").body().size()).isZero();
        assertThat(audited("heidi")).contains("session-revoked", "signed-out-everywhere");
    }

    @Test
    void anAdministratorEndsSomebodysSessionsAndOthersMayNot() {
        TestHttp judy = person("judy");
        signIn(browser, "judy", PASSWORD);
        String id = judy.get("/api/accounts/me").text("id");

        assertThat(person("mallory").delete("/api/accounts/" + id + "/sessions").status())
                .isEqualTo(403);
        assertThat(admin().delete("/api/accounts/" + id + "/sessions").status()).isEqualTo(204);
        assertThat(browser.get("/").uri().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void theAuditLogIsFilteredPagedAndExported() {
        make("niaj", true);
        make("olivia", true);
        Answer page = admin().get("/api/audit?action=account-created&limit=1");
        assertThat(page.body().path("items").size()).isEqualTo(1);
        JsonNode newest = page.body().path("items").path(0);
        assertThat(newest.path("subject").asString("")).isEqualTo("olivia@digidig.test");
        assertThat(newest.path("actorEmail").asString("")).isEqualTo("admin@digidig.test");
        assertThat(newest.path("address").asString("")).isEqualTo("127.0.0.1");
        Answer next = admin().get("/api/audit?action=account-created&limit=1&cursor=" + page.text("next"));
        assertThat(next.body().path("items").path(0).path("subject").asString(""))
                .isEqualTo("niaj@digidig.test");
        assertThat(admin().get("/api/audit?from=2999-01-01T00:00:00Z")
                        .body()
                        .path("items")
                        .size())
                .isZero();

        String csv = admin().text("/api/audit/export?q=olivia");
        assertThat(csv).startsWith("at,actor,actorEmail,action,subject,domain,address,details\r\n");
        assertThat(csv).contains(",account-created,olivia@digidig.test,digidig.test,127.0.0.1,");
        assertThat(admin().text("/api/audit/export?q=olivia&format=json"))
                .startsWith("{")
                .endsWith("}\n");
        assertThat(person("peggy").get("/api/audit").status()).isEqualTo(403);
    }

    @Test
    void guessingCodesIsSlowedDown() {
        enrol(person("rupert"));
        Page page = signIn(browser, "rupert", PASSWORD);
        int status = 0;
        for (int i = 0; i < 10 && status != 429; i++) {
            status = browser.submit(page, "/sign-in/code", Map.of("code", "00000" + i))
                    .status();
            signIn(new TestBrowser(port), "rupert", PASSWORD);
        }
        assertThat(status).isEqualTo(429);
    }
}
