package cz.digidig.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is done on pages, beside a suite of fakes. */
@ExtendWith(AdminExtension.class)
class ActionsIT {
    private final Admin admin;

    ActionsIT(Admin admin) {
        this.admin = admin;
    }

    @Test
    void anAccountThatIsRefusedComesBackWithItsProblem() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(browser.get("/accounts/new").body(), "_csrf");
        HttpResponse<String> refused = browser.post(
                "/accounts",
                Map.of("_csrf", csrf, "email", "bad@x.example", "password", "long enough", "displayName", "Bad"));
        assertThat(refused.body()).contains("not in a domain served here", "value=\"bad@x.example\"");
        HttpResponse<String> deleted = browser.post("/accounts/a1/delete", Map.of("_csrf", csrf, "typed", "other"));
        assertThat(deleted.body()).contains("Nothing was deleted");
        assertThat(admin.suite().requests()).doesNotContain("DELETE /api/accounts/a1");
    }

    @Test
    void aGroupThatIsRefusedKeepsWhatWasTyped() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(browser.get("/groups/new").body(), "_csrf");
        HttpResponse<String> refused = browser.post(
                "/groups",
                Map.of(
                        "_csrf", csrf,
                        "address", "crew@digidig.test",
                        "members", "a@digidig.test\nnobody",
                        "posting", "members"));
        assertThat(refused.body())
                .contains("id=\"members-error\"", "not an address", "value=\"crew@digidig.test\"", "nobody</textarea>")
                .contains("<option value=\"members\" selected=\"selected\"");
        HttpResponse<String> changed = browser.post(
                "/groups", Map.of("_csrf", csrf, "id", "g1", "members", "a@digidig.test", "enabled", "true"));
        assertThat(changed.uri().getPath()).isEqualTo("/groups");
        assertThat(admin.suite().requests()).contains("PATCH /api/groups/g1");
    }

    @Test
    void aDomainsLimitsAreShownWithItsUseAndSet() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        HttpResponse<String> page = browser.get("/domains/digidig.test");
        assertThat(page.body()).contains("12 of 50", "and 12 accounts without a limit");
        String csrf = Browser.hidden(page.body(), "_csrf");
        String path = "/domains/digidig.test/limits";

        HttpResponse<String> typo = browser.post(path, Map.of("_csrf", csrf, "maxAccounts", "many"));
        assertThat(typo.body()).contains("id=\"maxAccounts-error\"", "value=\"many\"");
        assertThat(admin.suite().requests()).doesNotContain("PUT /api" + path);
        HttpResponse<String> refused = browser.post(path, Map.of("_csrf", csrf, "maxAccounts", "13"));
        assertThat(refused.body()).contains("id=\"totalQuota-error\"", "must be more", "value=\"13\"");
        HttpResponse<String> done = browser.post(path, Map.of("_csrf", csrf, "maxAccounts", "50"));
        assertThat(done.body()).contains("The limits are in force");
    }

    @Test
    void whoRunsDomainsSeesTheirLimitsAndNoForm() throws IOException, InterruptedException {
        admin.suite().roles = "domain-admin";
        try {
            assertThat(admin.signedIn().get("/domains/digidig.test").body())
                    .contains("12 of 50")
                    .doesNotContain("name=\"maxAccounts\"");
        } finally {
            admin.suite().roles = "admin";
        }
    }

    @Test
    void aDomainsPolicyIsShownWithItsRecordsAndTheZoneHasThem() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        assertThat(browser.get("/domains/digidig.test").body())
                .contains(
                        "mode: testing",
                        "https://mta-sts.digidig.test/.well-known/mta-sts.txt",
                        "_mta-sts.digidig.test");
        assertThat(browser.get("/domains/digidig.test/zone").body())
                .containsPattern("_mta-sts\\.digidig\\.test\\. 3600 IN TXT \"v=STSv1; id=[0-9a-f]{20};\"")
                .contains(
                        "mta-sts.digidig.test. 3600 IN CNAME mail.digidig.test.",
                        "autoconfig.digidig.test. 3600 IN CNAME");
    }

    @Test
    void anImportIsJudgedBeforeAnythingIsMade() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(browser.get("/accounts/import").body(), "_csrf");
        HttpResponse<String> judged = browser.upload(
                "/accounts/import",
                csrf,
                "email,password,displayName\n"
                        + "new@digidig.test,long enough,\"New, One\"\n"
                        + "new@digidig.test,long enough,Twice\n"
                        + "no-address,long enough,X\n"
                        + "x@elsewhere.example,long enough,X\n"
                        + "admin@digidig.test,long enough,There\n");
        assertThat(judged.body())
                .contains(
                        "This is not an address",
                        "stands in an earlier row",
                        "Its domain is not served here",
                        "There is such an account already",
                        "Make 1 account");
        assertThat(admin.suite().made("new@digidig.test")).isFalse();
        HttpResponse<String> started = browser.post(judged.uri().getPath(), Map.of("_csrf", csrf, "action", "start"));
        assertThat(started.statusCode()).isEqualTo(200);
        await().until(() -> admin.suite().made("new@digidig.test"));
    }

    @Test
    void aSessionEndsWhenItsSignInEndsElsewhere() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String signIn = admin.suite().lastSignIn;
        assertThat(browser.get("/accounts").statusCode()).isEqualTo(200);
        assertThat(admin.suite().lastSignIn).as("still signed in").isEqualTo(signIn);

        admin.suite().endSignIn(signIn);

        await().until(() -> browser.get("/accounts").statusCode() == 200
                && !admin.suite().lastSignIn.equals(signIn));
    }

    @Test
    void anAccountWithoutAPasswordIsInvited() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(browser.get("/accounts/new").body(), "_csrf");
        HttpResponse<String> made = browser.post("/accounts/a1/invitation", Map.of("_csrf", csrf));
        assertThat(made.body()).contains("http://id.example/sign-in/invitation?token=t");
        assertThat(browser.get("/accounts/a1").body()).as("shown once").doesNotContain("token=t");
        browser.post("/accounts", Map.of("_csrf", csrf, "email", "ivy@digidig.test", "password", ""));
        assertThat(admin.suite().requests()).anyMatch(asked -> asked.matches("POST /api/accounts/n\\d+/invitation"));
    }

    @Test
    void aDeletedAccountIsRestored() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        HttpResponse<String> page = browser.get("/accounts/deleted");
        assertThat(page.body()).contains("admin@digidig.test");
        String csrf = Browser.hidden(page.body(), "_csrf");
        assertThat(browser.post("/accounts/deleted/a1/restore", Map.of("_csrf", csrf))
                        .uri()
                        .getPath())
                .isEqualTo("/accounts/a1");
    }

    @Test
    void whatIsHeldCanBeReleasedAtOnce() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(browser.get("/mail/queue").body(), "_csrf");
        HttpResponse<String> held = browser.post("/mail/queue", Map.of("_csrf", csrf, "action", "hold", "id", "Q1"));
        assertThat(held.body()).contains("1 message is held", "/mail/queue?action=release&amp;id=Q1");
        HttpResponse<String> undone = browser.post("/mail/queue?action=release&id=Q1", Map.of("_csrf", csrf));
        assertThat(undone.body()).contains("1 message was released");
        assertThat(admin.suite().requests())
                .contains("POST /smtp/api/queue/Q1/hold", "POST /smtp/api/queue/Q1/release");
    }

    @Test
    void anImapSessionIsEndedAfterAQuestion() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String list = browser.get("/mail/imap-sessions").body();
        assertThat(list)
                .contains("alice@digidig.test", "TLSv1.3", "waits for news", "not logged in", "clear text")
                .contains("120 sessions in all", "after=7")
                .contains("/mail/imap-sessions/abc-1/end?who=alice@digidig.test");
        String sure = browser.get("/mail/imap-sessions/abc-1/end?who=alice@digidig.test")
                .body();
        assertThat(sure).contains("End this session?", "alice@digidig.test");
        assertThat(admin.suite().requests()).doesNotContain("DELETE /imap/api/imap/sessions/abc-1");
        HttpResponse<String> ended =
                browser.post("/mail/imap-sessions/abc-1/end", Map.of("_csrf", Browser.hidden(sure, "_csrf")));
        assertThat(ended.body()).contains("The session was ended");
        assertThat(admin.suite().requests()).contains("DELETE /imap/api/imap/sessions/abc-1");
    }

    @Test
    void trialsShowWhatWasSaid() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
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
    void whatOpensAnAccountIsEnded() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String page = browser.get("/accounts/a1").body();
        assertThat(page).contains("192.0.2.9", "&lt;script&gt;alert(3)", "2 kB used");
        String csrf = Browser.hidden(page, "_csrf");
        Map<String, String> ended = Map.of(
                "/accounts/a1/sessions", "DELETE /api/accounts/a1/sessions",
                "/accounts/a1/sessions?session=s1", "DELETE /api/accounts/a1/sessions/s1",
                "/accounts/a1/app-passwords?secret=p1", "DELETE /api/accounts/a1/app-passwords/p1",
                "/accounts/a1/api-keys?secret=k1", "DELETE /api/accounts/a1/api-keys/k1",
                "/accounts/a1/second-factor", "DELETE /api/accounts/a1/second-factor",
                "/api-keys/revoke?secret=../x", "DELETE /api/accounts/me/api-keys/../x");
        for (Map.Entry<String, String> one : ended.entrySet()) {
            assertThat(browser.post(one.getKey(), Map.of("_csrf", csrf)).statusCode())
                    .as(one.getKey())
                    .isEqualTo(200);
            assertThat(admin.suite().requests()).contains(one.getValue());
        }
    }

    @Test
    void aKeyIsShownOnce() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(browser.get("/api-keys").body(), "_csrf");
        HttpResponse<String> made =
                browser.post("/api-keys", Map.of("_csrf", csrf, "name", "new", "scopes", "account", "days", "30"));
        assertThat(made.body()).contains("ddk_shown-once");
        assertThat(browser.get("/api-keys").body()).doesNotContain("ddk_shown-once");
    }

    @Test
    void aMessageIsFollowedThroughTheLogs() throws IOException, InterruptedException {
        assertThat(admin.signedIn()
                        .get("/mail/trace?q=%3Cb%3EBold%3C/b%3E%40digidig.test")
                        .body())
                .contains("accepted", "Q1 delivered", "&lt;b&gt;Bold")
                .doesNotContain("slow");
    }

    @Test
    void settingsAreFoundByName() throws IOException, InterruptedException {
        assertThat(admin.signedIn().get("/search?q=largest").body())
                .contains("SMTP: Largest message", "/settings/smtp#g-Limits");
    }
}
