package cz.digidig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.identity.TestBrowser.Page;
import cz.digidig.identity.TestHttp.Answer;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The pages by which somebody manages the own sign-in. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
class SecurityPagesIT {
    private static final String PASSWORD = "a password for now";
    private static final String SECRET = "a secret of this test";

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    private TestHttp http;
    private TestHttp admin;

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
        admin = logIn("admin@digidig.test");
    }

    private TestHttp logIn(String email) {
        Answer answer =
                http.post("/api/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
        assertThat(answer.status()).isEqualTo(200);
        return http.as(answer.text("access_token"));
    }

    private String account(String email, String roles) {
        Answer made = admin.post(
                "/api/accounts",
                "{\"email\":\"%s\",\"password\":\"%s\",\"roles\":[%s],\"mustChangePassword\":false}"
                        .formatted(email, PASSWORD, roles));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.text("id");
    }

    /** A person who is signed in with this browser. */
    private TestBrowser person(String local) {
        account(local + "@digidig.test", "\"user\"");
        return signedIn(local);
    }

    private TestBrowser signedIn(String local) {
        TestBrowser browser = new TestBrowser(port);
        Page page = browser.submit(
                browser.get("/sign-in"), "/sign-in", Map.of("email", local + "@digidig.test", "password", PASSWORD));
        assertThat(page.body()).contains(local + "@digidig.test");
        return browser;
    }

    private static String first(Page page, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(page.body());
        assertThat(found.find()).as(pattern + " in " + page.body()).isTrue();
        return found.group(1);
    }

    private static String code(String secret, long ahead) {
        try {
            return new DefaultCodeGenerator().generate(secret, Clock.systemUTC().millis() / 30_000 + ahead);
        } catch (CodeGenerationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void everyPageIsThereInBothLanguagesAndNeedsASignIn() {
        TestBrowser browser = person("p.reader");
        for (String language : List.of("en", "cs")) {
            browser.submit(browser.get("/"), "/preferences", Map.of("language", language, "back", "/"));
            for (String path : List.of(
                    "/",
                    "/security/password",
                    "/security/codes",
                    "/security/passkeys",
                    "/security/app-passwords",
                    "/security/sessions")) {
                Page page = browser.get(path);
                assertThat(page.status()).as(path).isEqualTo(200);
                assertThat(page.body())
                        .as(path)
                        .contains("lang=\"" + language + "\"")
                        .doesNotContain("??")
                        .doesNotContain("style=\"")
                        .doesNotContain("onclick");
                assertThat(new TestBrowser(port).get(path).uri().getPath()).isEqualTo("/sign-in");
            }
        }
    }

    @Test
    void thePasswordIsChangedByWhoKnowsItAndEndsOtherSessions() {
        TestBrowser browser = person("p.changer");
        TestBrowser elsewhere = signedIn("p.changer");
        Page page = browser.get("/security/password");
        Page wrong = browser.submit(
                page,
                "/security/password",
                Map.of("current", "not it", "password", "words of my own", "again", "words of my own"));
        assertThat(wrong.status()).isEqualTo(422);
        Page weak = browser.submit(
                page, "/security/password", Map.of("current", PASSWORD, "password", "password123", "again", "x"));
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.body()).contains("everybody tries first");

        Page done = browser.submit(
                page,
                "/security/password",
                Map.of("current", PASSWORD, "password", "words of my own", "again", "words of my own"));
        assertThat(done.status()).isEqualTo(200);
        assertThat(browser.get("/").body()).contains("p.changer@digidig.test");
        assertThat(elsewhere.get("/").uri().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void codesAreTurnedOnAndOff() {
        TestBrowser browser = person("p.coder");
        Page setup = browser.submit(browser.get("/security/codes"), "/security/codes/begin", Map.of());
        assertThat(setup.uri().getPath()).isEqualTo("/security/codes/setup");
        assertThat(setup.body()).contains("data:image/svg+xml;base64,");
        String secret = first(setup, "<code id=\"secret\">([A-Z2-7]+)</code>");
        Page refused = browser.submit(setup, "/security/codes/confirm", Map.of("code", "000000"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains(secret);

        Page on = browser.submit(setup, "/security/codes/confirm", Map.of("code", code(secret, 0)));
        String recovery = first(on, "id=\"recovery\">([a-z0-9-]+)");
        assertThat(on.header("cache-control").orElse("")).contains("no-store");
        assertThat(browser.get("/security/codes").body())
                .contains("10 recovery codes")
                .doesNotContain(recovery);

        Page still = browser.submit(
                browser.get("/security/codes"), "/security/codes/change", Map.of("code", "000000", "wanted", "OFF"));
        assertThat(still.status()).isEqualTo(422);
        Page off = browser.submit(
                browser.get("/security/codes"), "/security/codes/change", Map.of("code", recovery, "wanted", "OFF"));
        assertThat(off.body()).contains("No codes yet");
    }

    @Test
    void anAppPasswordIsShownOnceAndRevoked() {
        TestBrowser browser = person("p.mailer");
        Page made = browser.submit(
                browser.get("/security/app-passwords"),
                "/security/app-passwords",
                Map.of("name", "<script>alert(1)</script>"));
        String password = first(made, "<code id=\"made\">([a-z0-9-]+)</code>");
        Page listed = browser.get("/security/app-passwords");
        assertThat(listed.body())
                .doesNotContain(password)
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;alert(1)");

        Page revoked = browser.submit(listed, "/security/app-passwords/revoke", Map.of());
        assertThat(revoked.body()).contains("No app passwords yet");
        assertThat(person("p.other")
                        .submit(browser.get("/security/app-passwords"), "/security/app-passwords/revoke", Map.of())
                        .status())
                .as("another browser's token")
                .isEqualTo(403);
    }

    @Test
    void sessionsAndRememberedBrowsersAreSeenAndEnded() {
        TestBrowser browser = person("p.sitter");
        TestBrowser elsewhere = signedIn("p.sitter");
        Page page = browser.get("/security/sessions");
        assertThat(page.body()).contains("this one");
        String other = "";
        Matcher ids = Pattern.compile("name=\"id\" value=\"([a-z0-9]+)\"").matcher(page.body());
        while (ids.find()) {
            int own = page.body().indexOf("this one");
            if (page.body().indexOf(ids.group(1)) < own || page.body().lastIndexOf("<tr", ids.start()) > own) {
                other = ids.group(1);
            }
        }
        Page left = browser.submit(page, "/security/sessions/end", Map.of("id", other));
        assertThat(left.status()).isEqualTo(200);
        assertThat(elsewhere.get("/").uri().getPath()).isEqualTo("/sign-in");
        assertThat(browser.submit(left, "/security/sessions/end-all", Map.of())
                        .uri()
                        .getPath())
                .isEqualTo("/sign-in");
    }

    @Test
    void aPasskeyNeedsItsChallengeAndARightAnswer() {
        TestBrowser browser = new TestBrowser(port);
        Page page = browser.get("/sign-in");
        for (String answer : List.of("", "{}", "[]", "nonsense", "{\"rawId\":\"AA\",\"response\":{}}")) {
            Page options = browser.submit(page, "/sign-in/passkey/options", Map.of());
            assertThat(options.body()).contains("\"challenge\"").contains("\"required\"");
            Page refused = browser.submit(page, "/sign-in/passkey", Map.of("credential", answer));
            assertThat(refused.uri().getPath()).as(answer).isEqualTo("/sign-in");
            assertThat(refused.status()).as(answer).isEqualTo(200);
        }
        TestBrowser someone = person("p.keyed");
        Page added = someone.submit(
                someone.get("/security/passkeys"),
                "/security/passkeys",
                Map.of("name", "Phone", "credential", "{\"rawId\":\"AA\"}"));
        assertThat(added.body()).contains("No passkeys yet");
    }

    @Test
    void refusedSignInsAreAudited() {
        account("p.target@digidig.test", "\"user\"");
        TestBrowser browser = new TestBrowser(port);
        browser.submit(
                browser.get("/sign-in"), "/sign-in", Map.of("email", "p.target@digidig.test", "password", "wrong"));

        Answer found = admin.get("/api/audit?q=p.target");
        assertThat(found.body().path("items").path(0).path("action").asString(""))
                .isEqualTo("sign-in-refused");
    }
}
