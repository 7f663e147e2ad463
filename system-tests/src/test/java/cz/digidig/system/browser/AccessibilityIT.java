package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Every page by axe-core, light on a wide window and dark on a phone. */
class AccessibilityIT extends InBrowser {
    private static final List<String> ADMIN_PAGES = List.of(
            "/",
            "/mail/queue",
            "/mail/trace",
            "/mail/sessions",
            "/mail/imap-sessions",
            "/mail/imap-sessions/none/end?who=alice@digidig.test",
            "/mail/test",
            "/domains",
            "/domains/new",
            "/domains/" + Suite.DOMAIN,
            "/accounts",
            "/accounts/new",
            "/accounts/import",
            "/accounts/deleted",
            "/aliases",
            "/aliases/new",
            "/groups",
            "/groups/new",
            "/settings/smtp",
            "/settings/smtp/history",
            "/settings/identity",
            "/services",
            "/services/smtp",
            "/volumes",
            "/logs",
            "/audit",
            "/api-keys",
            "/search?q=admin");

    private static final List<String> SECURITY_PAGES = List.of(
            "/",
            "/security/password",
            "/security/codes",
            "/security/passkeys",
            "/security/app-passwords",
            "/security/sessions");

    AccessibilityIT(Suite suite) {
        super(suite);
    }

    @Test
    void everyPageIsAccessible() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext other = chromium.fresh(scheme, scheme == ColorScheme.LIGHT ? 1440 : 360)) {
                Page visited = other.newPage();
                visited.navigate(url(Service.IDENTITY, "/sign-in"));
                look(visited, "sign-in", scheme, found);
                administer(visited);
                for (String path : ADMIN_PAGES) {
                    visited.navigate(url(Service.ADMIN, path));
                    look(visited, "admin" + path, scheme, found);
                }
                for (String path : SECURITY_PAGES) {
                    visited.navigate(url(Service.IDENTITY, path));
                    look(visited, "identity" + path, scheme, found);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void thePagesForNewPeopleAreAccessible() throws IOException, InterruptedException {
        RestClient identity = suite.rest(Service.IDENTITY, suite.admin());
        RestClient.Answer set = identity.patch("/api/config", """
                {"registration":{"enabled":true,"domains":["%s"],"perAddressAndHour":5},"externalProviders":
                [{"id":"work","name":"Work","issuer":"https://login.example.org","clientId":"mail","password":"secret"}]}""".formatted(Suite.DOMAIN));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        String invited = "invited-%s@%s".formatted(run, Suite.DOMAIN);
        identity.post("/api/accounts", "{\"email\":\"%s\"}".formatted(invited));
        RestClient.Answer made = identity.post("/api/accounts/" + invited.replace("@", "%40") + "/invitation", "");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String invitation = new JsonMapper().readTree(made.body()).path("url").asString();
        List<String> found = new ArrayList<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext other = chromium.fresh(scheme, scheme == ColorScheme.LIGHT ? 1440 : 360)) {
                Page visited = other.newPage();
                visited.navigate(url(Service.IDENTITY, "/sign-in"));
                assertThat(visited.getByText("Work")).isVisible();
                look(visited, "sign-in-elsewhere", scheme, found);
                visited.navigate(url(Service.IDENTITY, "/sign-in/register"));
                assertThat(button(visited, "Make the account")).isVisible();
                look(visited, "register", scheme, found);
                visited.navigate(invitation);
                look(visited, "invitation", scheme, found);
            }
        }
        assertThat(found).isEmpty();
        identity.patch("/api/config", "{\"registration\":{\"enabled\":false},\"externalProviders\":[]}");
    }

    /** Takes a picture, and notes what axe-core finds and what does not fit the window. */
    static void look(Page on, String name, ColorScheme scheme, List<String> found) {
        Chromium.picture(on, name + "-" + scheme);
        Chromium.violations(on).forEach(violation -> found.add(name + " (" + scheme + "): " + violation));
        Number over = (Number) on.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
        if (over.intValue() > 0) {
            found.add(name + " (" + scheme + "): wider than the window by " + over);
        }
    }
}
