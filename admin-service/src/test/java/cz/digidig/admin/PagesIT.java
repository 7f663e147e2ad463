package cz.digidig.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page, how it is guarded, and the ways in and out, beside a suite of fakes. */
@ExtendWith(AdminExtension.class)
class PagesIT {
    private static final List<String> PAGES = List.of(
            "/",
            "/?span=week",
            "/mail/queue",
            "/mail/queue?q=far",
            "/mail/queue/Q1",
            "/mail/sessions",
            "/mail/sessions?show=refused",
            "/mail/imap-sessions",
            "/mail/imap-sessions?account=alice&after=7&follow=true",
            "/mail/imap-sessions/abc-1/end?who=%3Cb%3EBold%3C/b%3E",
            "/mail/trace",
            "/mail/trace?q=Q1",
            "/mail/test",
            "/audit",
            "/domains",
            "/domains/new",
            "/domains/digidig.test",
            "/accounts",
            "/accounts?q=adm",
            "/accounts/new",
            "/accounts/deleted",
            "/accounts/a1",
            "/accounts/import",
            "/api-keys",
            "/aliases",
            "/aliases/new",
            "/aliases/l1",
            "/groups",
            "/groups/new",
            "/groups/g1",
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

    private final Admin admin;

    PagesIT(Admin admin) {
        this.admin = admin;
    }

    @Test
    void everyPageRendersInBothLanguages() throws IOException, InterruptedException {
        for (String language : List.of("en", "cs")) {
            Browser browser = admin.signedIn().speaking(language);
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
        HttpResponse<String> page = admin.signedIn().get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        Matcher asset =
                Pattern.compile("(?:href|src)=\"(/(?:assets|webjars)/[^\"]+)\"").matcher(page.body());
        int assets = 0;
        while (asset.find()) {
            HttpResponse<String> file = new Browser(admin.base()).get(asset.group(1));
            assertThat(file.statusCode()).as(asset.group(1)).isEqualTo(200);
            assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("max-age=31536000", "immutable");
            assertThat(asset.group(1)).matches(".*-[0-9a-f]{32}\\.[a-z]+$");
            assets++;
        }
        assertThat(assets).isGreaterThan(4);
    }

    @Test
    void theSessionIsACookieThatScriptsDontSee() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        HttpCookie cookie = browser.cookies.getCookieStore().getCookies().stream()
                .filter(one -> one.getName().equals("digidig-admin"))
                .findFirst()
                .orElseThrow();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(browser.get("/accounts").body()).doesNotContain("eyJ");
    }

    @Test
    void signingInChangesTheSession() throws IOException, InterruptedException {
        Browser browser = new Browser(admin.base());
        browser.get("/signed-out");
        browser.get("/");
        String first = browser.cookies.getCookieStore().getCookies().toString();
        Browser other = new Browser(admin.base());
        other.get("/");
        assertThat(other.cookies.getCookieStore().getCookies().toString()).isNotEqualTo(first);
    }

    @Test
    void anAnswerOfAnotherSignInIsRefused() throws IOException, InterruptedException {
        admin.suite().injects = true;
        try {
            HttpResponse<String> answer = new Browser(admin.base()).get("/");
            assertThat(answer.uri().getPath()).isEqualTo("/signed-out");
        } finally {
            admin.suite().injects = false;
        }
        HttpResponse<String> injected = new Browser(admin.base()).get("/login/oauth2/code/digidig?code=code-0&state=x");
        assertThat(injected.uri().getPath()).isEqualTo("/signed-out");
    }

    @Test
    void whoIsNoAdministratorStaysOutside() throws IOException, InterruptedException {
        admin.suite().roles = "account";
        try {
            HttpResponse<String> answer = new Browser(admin.base()).get("/");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("This page is not for your account");
        } finally {
            admin.suite().roles = "admin";
        }
    }

    @Test
    void whoRunsDomainsSeesNothingOfTheSuite() throws IOException, InterruptedException {
        admin.suite().roles = "domain-admin";
        try {
            Browser browser = admin.signedIn();
            for (String path : List.of(
                    "/mail/queue",
                    "/mail/queue/Q1",
                    "/mail/trace",
                    "/mail/sessions",
                    "/mail/imap-sessions",
                    "/mail/imap-sessions/abc-1/end",
                    "/mail/test",
                    "/settings/smtp",
                    "/settings/smtp/history",
                    "/services",
                    "/services/smtp",
                    "/volumes",
                    "/logs")) {
                assertThat(browser.get(path).statusCode()).as(path).isEqualTo(403);
            }
            HttpResponse<String> start = browser.get("/");
            assertThat(start.uri().getPath()).isEqualTo("/accounts");
            assertThat(start.body())
                    .contains("href=\"/domains\"", "href=\"/aliases\"", "href=\"/audit\"")
                    .doesNotContain("href=\"/logs\"", "href=\"/settings\"", "href=\"/volumes\"");
            assertThat(browser.get("/search?q=largest").body()).doesNotContain("Largest message");
        } finally {
            admin.suite().roles = "admin";
        }
    }

    @Test
    void aFormWithoutItsTokenIsRefused() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        for (String path : List.of(
                "/accounts",
                "/accounts/a1/delete",
                "/accounts/a1/sessions",
                "/api-keys",
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
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(browser.get("/volumes").body(), "_csrf");
        for (String back : List.of("//evil.example/", "https://evil.example/", "/\\evil.example")) {
            HttpResponse<String> answer =
                    browser.post("/preferences", Map.of("_csrf", csrf, "theme", "dark", "back", back));
            assertThat(answer.uri().getHost()).isEqualTo("127.0.0.1");
            assertThat(answer.uri().getPath()).isEqualTo("/");
            assertThat(answer.body()).contains("data-theme=\"dark\"");
        }
    }

    @Test
    void aServiceThatIsDownBreaksNothing() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        admin.suite().smtpIsDown = true;
        admin.suite().imapIsDown = true;
        try {
            for (String page : List.of("/", "/mail/queue", "/settings/smtp", "/domains/digidig.test", "/search?q=a")) {
                assertThat(browser.get(page).statusCode()).as(page).isEqualTo(200);
            }
            assertThat(browser.get("/mail/queue").body()).contains("SMTP does not answer");
            assertThat(browser.get("/mail/imap-sessions").body()).contains("IMAP does not answer");
        } finally {
            admin.suite().smtpIsDown = false;
            admin.suite().imapIsDown = false;
        }
    }

    @Test
    void logsAreSearched() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        assertThat(browser.get("/logs?trace=abc123abc123").body())
                .contains("accepted")
                .doesNotContain("slow");
        assertThat(browser.get("/logs?level=WARN").body()).contains("slow").doesNotContain("accepted&lt;");
    }

    @Test
    void signingOutEndsTheSessionHereAndAtTheProvider() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(browser.get("/volumes").body(), "_csrf");
        HttpResponse<String> out = browser.post("/logout", Map.of("_csrf", csrf));
        assertThat(out.uri().toString())
                .startsWith(admin.suite().url() + "/connect/logout")
                .contains("id_token_hint=");
    }
}
