package cz.digidig.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Every page, and what is done on it, beside a suite of fakes. */
class PagesIT {
    private static final List<String> PAGES = List.of(
            "/",
            "/?span=week",
            "/mail/queue",
            "/mail/queue?q=far",
            "/mail/queue/Q1",
            "/mail/sessions",
            "/mail/sessions?show=refused",
            "/mail/test",
            "/audit",
            "/domains",
            "/domains/new",
            "/domains/digidig.test",
            "/accounts",
            "/accounts?q=adm",
            "/accounts/new",
            "/accounts/a1",
            "/accounts/import",
            "/aliases",
            "/aliases/new",
            "/aliases/l1",
            "/settings/smtp",
            "/settings/imap",
            "/settings/smtp/history",
            "/settings/smtp/history/v1",
            "/services",
            "/services/smtp",
            "/volumes",
            "/logs",
            "/logs?service=smtp-service&level=WARN&q=x&trace=abc&follow=true",
            "/search?q=admin",
            "/signed-out",
            "/signed-out?failed");

    @TempDir
    static Path folder;

    private static FakeSuite suite;
    private static ConfigurableApplicationContext service;
    private static String base;

    @BeforeAll
    static void start() throws IOException {
        suite = new FakeSuite();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        base = "http://127.0.0.1:" + port;
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/smtp-service.log"), """
            {"@timestamp":"2026-01-01T10:00:00.000Z","message":"<i>accepted</i> as Q1","level":"INFO","traceId":"abc123abc123","queueId":"Q1"}
            {"@timestamp":"2026-01-01T10:00:01.000Z","message":"slow","level":"WARN","traceId":"def456def456"}
            not JSON
            """);
        service = new SpringApplication(AdminApplication.class)
                .run(
                        "--server.port=" + port,
                        "--digidig.bind-address=127.0.0.1",
                        "--digidig.data-dir=" + folder.resolve("data"),
                        "--digidig.logs-dir=" + folder.resolve("logs"),
                        "--logging.file.name=" + folder.resolve("admin.txt"),
                        "--digidig.tests-dir=" + folder,
                        "--digidig.client.identity-url=" + suite.url(),
                        "--digidig.sign-in.url=" + base,
                        "--digidig.sign-in.identity-public-url=" + suite.url(),
                        "--digidig.admin.services.smtp=" + suite.url() + "/smtp",
                        "--digidig.admin.services.imap=http://127.0.0.1:9",
                        "--digidig.admin.services.storage=" + suite.url());
    }

    @AfterAll
    static void stop() {
        service.close();
        suite.close();
    }

    private static Browser signedIn() throws IOException, InterruptedException {
        Browser browser = new Browser(base);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        return browser;
    }

    @Test
    void everyPageRendersInBothLanguages() throws IOException, InterruptedException {
        for (String language : List.of("en", "cs")) {
            Browser browser = signedIn().speaking(language);
            for (String page : PAGES) {
                HttpResponse<String> answer = browser.get(page);
                assertThat(answer.statusCode()).as(page).isEqualTo(200);
                assertThat(answer.body())
                        .as(page)
                        .contains("<html lang=\"" + language)
                        .doesNotContain("??")
                        .doesNotContain("onerror=alert(1)>")
                        .doesNotContain("<script>alert")
                        .doesNotContain("<b>Bold</b>")
                        .doesNotContain("<i>accepted")
                        .doesNotContain("style=\"");
            }
        }
    }

    @Test
    void aPageIsGuardedAndItsAssetsAreKeptForGood() throws IOException, InterruptedException {
        HttpResponse<String> page = signedIn().get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        Matcher asset =
                Pattern.compile("(?:href|src)=\"(/(?:assets|webjars)/[^\"]+)\"").matcher(page.body());
        int assets = 0;
        while (asset.find()) {
            HttpResponse<String> file = new Browser(base).get(asset.group(1));
            assertThat(file.statusCode()).as(asset.group(1)).isEqualTo(200);
            assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("max-age=31536000", "immutable");
            assertThat(asset.group(1)).matches(".*-[0-9a-f]{32}\\.[a-z]+$");
            assets++;
        }
        assertThat(assets).isGreaterThan(4);
    }

    @Test
    void theSessionIsACookieThatScriptsDontSee() throws IOException, InterruptedException {
        Browser browser = signedIn();
        HttpCookie cookie = browser.cookies.getCookieStore().getCookies().stream()
                .filter(one -> one.getName().equals("digidig-admin"))
                .findFirst()
                .orElseThrow();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(browser.get("/accounts").body()).doesNotContain("eyJ");
    }

    @Test
    void signingInChangesTheSession() throws IOException, InterruptedException {
        Browser browser = new Browser(base);
        browser.get("/signed-out");
        browser.get("/");
        String first = browser.cookies.getCookieStore().getCookies().toString();
        Browser other = new Browser(base);
        other.get("/");
        assertThat(other.cookies.getCookieStore().getCookies().toString()).isNotEqualTo(first);
    }

    @Test
    void anAnswerOfAnotherSignInIsRefused() throws IOException, InterruptedException {
        suite.injects = true;
        try {
            HttpResponse<String> answer = new Browser(base).get("/");
            assertThat(answer.uri().getPath()).isEqualTo("/signed-out");
        } finally {
            suite.injects = false;
        }
        HttpResponse<String> injected = new Browser(base).get("/login/oauth2/code/digidig?code=code-0&state=x");
        assertThat(injected.uri().getPath()).isEqualTo("/signed-out");
    }

    @Test
    void whoIsNoAdministratorStaysOutside() throws IOException, InterruptedException {
        suite.roles = "account";
        try {
            HttpResponse<String> answer = new Browser(base).get("/");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("This page is not for your account");
        } finally {
            suite.roles = "admin";
        }
    }

    @Test
    void aFormWithoutItsTokenIsRefused() throws IOException, InterruptedException {
        Browser browser = signedIn();
        for (String path : List.of(
                "/accounts",
                "/accounts/a1/delete",
                "/settings/smtp",
                "/settings/smtp/save",
                "/mail/queue",
                "/logout",
                "/preferences")) {
            assertThat(browser.post(path, Map.of("typed", "admin@digidig.test")).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void preferencesNeverLeadElsewhere() throws IOException, InterruptedException {
        Browser browser = signedIn();
        String csrf = Browser.hidden(browser.get("/volumes").body(), "_csrf");
        for (String back : List.of("//evil.example/", "https://evil.example/", "/\\evil.example")) {
            HttpResponse<String> answer =
                    browser.post("/preferences", Map.of("_csrf", csrf, "theme", "dark", "back", back));
            assertThat(answer.uri().getHost()).isEqualTo("127.0.0.1");
            assertThat(answer.uri().getPath()).isEqualTo("/");
            assertThat(answer.body()).contains("data-theme=\"dark\"");
        }
    }

    private static Map<String, String> form(String page) {
        Map<String, String> fields = new HashMap<>();
        for (String name : List.of("_csrf", "etag", "before")) {
            fields.put(name, Browser.hidden(page, name));
        }
        Matcher inputs = Pattern.compile("<(?:input|select|textarea)[^>]* name=\"([a-zA-Z0-9.\\[\\]]+)\"[^>]*?>")
                .matcher(page);
        while (inputs.find()) {
            String tag = inputs.group();
            if (tag.contains("[#]")
                    || tag.contains("type=\"hidden\"")
                    || (tag.contains("checkbox") && !tag.contains("checked"))) {
                continue;
            }
            Matcher value = Pattern.compile(" value=\"([^\"]*)\"").matcher(tag);
            String found = value.find() ? Browser.unescaped(value.group(1)) : "";
            if (tag.startsWith("<textarea")) {
                found = Browser.unescaped(page.substring(inputs.end(), page.indexOf("</textarea>", inputs.end())));
            } else if (tag.startsWith("<select")) {
                Matcher option = Pattern.compile("value=\"([^\"]*)\" selected")
                        .matcher(page.substring(inputs.end(), page.indexOf("</select>", inputs.end())));
                found = option.find() ? option.group(1) : "";
            }
            fields.put(inputs.group(1), found);
        }
        return fields;
    }

    @Test
    void aSettingIsReviewedAndSavedAndEverythingElseStays() throws IOException, InterruptedException {
        Browser browser = signedIn();
        String before = suite.config.toString();
        Map<String, String> fields = form(browser.get("/settings/smtp").body());
        HttpResponse<String> same = browser.post("/settings/smtp", fields);
        assertThat(same.body()).contains("Nothing differs");
        fields.put("maxMessageSize", "20971520");
        HttpResponse<String> review = browser.post("/settings/smtp", fields);
        assertThat(review.body())
                .contains("52428800", "20971520", "Largest message")
                .doesNotContain("Host name");
        HttpResponse<String> saved = browser.post(
                "/settings/smtp/save",
                Map.of(
                        "_csrf", Browser.hidden(review.body(), "_csrf"),
                        "etag", Browser.hidden(review.body(), "etag"),
                        "before", Browser.hidden(review.body(), "before"),
                        "wanted", Browser.hidden(review.body(), "wanted")));
        assertThat(saved.body()).contains("Saved, and in force");
        assertThat(suite.config.toString()).isEqualTo(before.replace("52428800", "20971520"));
        suite.changeMeanwhile("maxMessageSize", 52428800);
    }

    @Test
    void aRefusedValueComesBackAtItsField() throws IOException, InterruptedException {
        Browser browser = signedIn();
        String before = suite.config.toString();
        Map<String, String> fields = form(browser.get("/settings/smtp").body());
        fields.put("maxMessageSize", "lots");
        assertThat(browser.post("/settings/smtp", fields).body()).contains("This must be a number", "value=\"lots\"");
        fields.put("maxMessageSize", "12");
        String review = browser.post("/settings/smtp", fields).body();
        HttpResponse<String> refused = browser.post(
                "/settings/smtp/save",
                Map.of(
                        "_csrf", Browser.hidden(review, "_csrf"),
                        "etag", Browser.hidden(review, "etag"),
                        "before", Browser.hidden(review, "before"),
                        "wanted", Browser.hidden(review, "wanted")));
        assertThat(refused.body()).contains("must be at least 1024", "value=\"12\"", "aria-invalid=\"true\"");
        assertThat(suite.config.toString()).isEqualTo(before);
    }

    @Test
    void whatSomebodyElseSavedMeanwhileIsShownAndKept() throws IOException, InterruptedException {
        Browser browser = signedIn();
        Map<String, String> fields = form(browser.get("/settings/smtp").body());
        suite.changeMeanwhile("maxMessageSize", 1_000_000);
        fields.put("hostname", "mx.digidig.test");
        HttpResponse<String> conflict = browser.post("/settings/smtp", fields);
        assertThat(conflict.body())
                .contains("Changed meanwhile by eve@digidig.test", "1000000", "mx.digidig.test", "Save mine on top");
        HttpResponse<String> saved = browser.post(
                "/settings/smtp/save",
                Map.of(
                        "_csrf", Browser.hidden(conflict.body(), "_csrf"),
                        "etag", Browser.hidden(conflict.body(), "etag"),
                        "before", Browser.hidden(conflict.body(), "before"),
                        "wanted", Browser.hidden(conflict.body(), "wanted")));
        assertThat(saved.body()).contains("Saved, and in force");
        assertThat(suite.config.path("hostname").asString("")).isEqualTo("mx.digidig.test");
        assertThat(suite.config.path("maxMessageSize").asLong(0)).isEqualTo(1_000_000);
        suite.config.put("hostname", "mail.digidig.test");
        suite.changeMeanwhile("maxMessageSize", 52428800);
    }

    @Test
    void itemsComeAndGoWithoutAScript() throws IOException, InterruptedException {
        Browser browser = signedIn();
        Map<String, String> fields = form(browser.get("/settings/smtp").body());
        fields.put("add", "listeners");
        String more = browser.post("/settings/smtp", fields).body();
        assertThat(more).contains("listeners[2].port");
        Map<String, String> grown = form(more);
        grown.put("remove", "listeners[0]");
        String fewer = browser.post("/settings/smtp", grown).body();
        assertThat(fewer).contains("listeners[1].port").doesNotContain("listeners[2].port");
    }

    @Test
    void aServiceThatIsDownBreaksNothing() throws IOException, InterruptedException {
        Browser browser = signedIn();
        suite.smtpIsDown = true;
        try {
            for (String page : List.of("/", "/mail/queue", "/settings/smtp", "/domains/digidig.test", "/search?q=a")) {
                assertThat(browser.get(page).statusCode()).as(page).isEqualTo(200);
            }
            assertThat(browser.get("/mail/queue").body()).contains("SMTP does not answer");
        } finally {
            suite.smtpIsDown = false;
        }
    }

    @Test
    void anAccountThatIsRefusedComesBackWithItsProblem() throws IOException, InterruptedException {
        Browser browser = signedIn();
        String csrf = Browser.hidden(browser.get("/accounts/new").body(), "_csrf");
        HttpResponse<String> refused = browser.post(
                "/accounts",
                Map.of("_csrf", csrf, "email", "bad@x.example", "password", "long enough", "displayName", "Bad"));
        assertThat(refused.body()).contains("not in a domain served here", "value=\"bad@x.example\"");
        HttpResponse<String> deleted = browser.post("/accounts/a1/delete", Map.of("_csrf", csrf, "typed", "other"));
        assertThat(deleted.body()).contains("Nothing was deleted");
        assertThat(suite.requests()).doesNotContain("DELETE /api/accounts/a1");
    }

    @Test
    void anImportIsJudgedBeforeAnythingIsMade() throws IOException, InterruptedException {
        Browser browser = signedIn();
        String csrf = Browser.hidden(browser.get("/accounts/import").body(), "_csrf");
        HttpResponse<String> judged = browser.upload(
                "/accounts/import",
                csrf,
                "email,password,displayName\n"
                        + "new@digidig.test,long enough,\"New, One\"\n"
                        + "new@digidig.test,long enough,Twice\n"
                        + "no-address,long enough,X\n"
                        + "x@elsewhere.example,long enough,X\n");
        assertThat(judged.body())
                .contains(
                        "This is not an address",
                        "stands in an earlier row",
                        "Its domain is not served here",
                        "Make 1 account");
        assertThat(suite.made("new@digidig.test")).isFalse();
        HttpResponse<String> started = browser.post(judged.uri().getPath(), Map.of("_csrf", csrf, "action", "start"));
        assertThat(started.statusCode()).isEqualTo(200);
        await().until(() -> suite.made("new@digidig.test"));
    }

    @Test
    void whatIsHeldCanBeReleasedAtOnce() throws IOException, InterruptedException {
        Browser browser = signedIn();
        String csrf = Browser.hidden(browser.get("/mail/queue").body(), "_csrf");
        HttpResponse<String> held = browser.post("/mail/queue", Map.of("_csrf", csrf, "action", "hold", "id", "Q1"));
        assertThat(held.body()).contains("1 message is held", "/mail/queue?action=release&amp;id=Q1");
        HttpResponse<String> undone = browser.post("/mail/queue?action=release&id=Q1", Map.of("_csrf", csrf));
        assertThat(undone.body()).contains("1 message was released");
        assertThat(suite.requests()).contains("POST /smtp/api/queue/Q1/hold", "POST /smtp/api/queue/Q1/release");
    }

    @Test
    void trialsShowWhatWasSaid() throws IOException, InterruptedException {
        Browser browser = signedIn();
        String csrf = Browser.hidden(browser.get("/mail/test").body(), "_csrf");
        assertThat(browser.post("/mail/test/message", Map.of("_csrf", csrf, "to", "x@far.example"))
                        .body())
                .contains("On its way to x@far.example");
        assertThat(browser.post("/mail/test/smart-host", Map.of("_csrf", csrf, "host", "relay.example.net"))
                        .body())
                .contains("failed at: auth", "220 relay &lt;b&gt;hello", "EHLO mail");
        assertThat(browser.post("/services/smtp/restart", Map.of("_csrf", csrf)).body())
                .contains("The listeners were opened anew");
    }

    @Test
    void logsAreSearched() throws IOException, InterruptedException {
        Browser browser = signedIn();
        assertThat(browser.get("/logs?trace=abc123abc123").body())
                .contains("accepted")
                .doesNotContain("slow");
        assertThat(browser.get("/logs?level=WARN").body()).contains("slow").doesNotContain("accepted&lt;");
    }

    @Test
    void signingOutEndsTheSessionHereAndAtTheProvider() throws IOException, InterruptedException {
        Browser browser = signedIn();
        String csrf = Browser.hidden(browser.get("/volumes").body(), "_csrf");
        HttpResponse<String> out = browser.post("/logout", Map.of("_csrf", csrf));
        assertThat(out.uri().toString())
                .startsWith(suite.url() + "/connect/logout")
                .contains("id_token_hint=");
    }
}
