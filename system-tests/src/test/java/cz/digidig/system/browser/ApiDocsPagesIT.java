package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import cz.digidig.system.client.ImapClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The API's documentation, as a programmer uses it. */
class ApiDocsPagesIT extends InBrowser {
    private static final String COMPOSE = "Compose a message and send it";
    private static final List<String> PAGES = List.of(
            "/",
            "/guides",
            "/guides/mail-programs",
            "/reference",
            "/reference/smtp",
            "/reference/smtp/composeMessage?language=python",
            "/search?q=send a message",
            "/changes");

    private static final String TRIAL = "/try/smtp?operation=composeMessage";

    ApiDocsPagesIT(Suite suite) {
        super(suite);
    }

    @Test
    void aMailIsSentFromThePageThatIsFoundBySearching() throws IOException, InterruptedException {
        Account programmer = person("\"user\"", false);
        List<String> hosts = new ArrayList<>();
        page.onRequest(request -> hosts.add(request.url()));
        page.navigate(url(Service.APIDOCS, "/"));
        Locator search = page.getByLabel("Find operations and guides");
        search.fill("send a message");
        search.press("Enter");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(COMPOSE))
                .click();
        assertThat(heading(page, COMPOSE)).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Try it"))
                .click();
        fillIn(page, programmer);
        Locator operation = page.locator(".opblock")
                .filter(new Locator.FilterOptions().setHasText(COMPOSE))
                .first();
        String subject = "From the page " + run;
        operation
                .locator("textarea.body-param__text")
                .fill("{\"to\": [\"%s\"], \"subject\": \"%s\", \"text\": \"Hello\"}"
                        .formatted(programmer.address(), subject));
        operation
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Execute"))
                .click();
        assertThat(operation
                        .locator(".live-responses-table td.response-col_status")
                        .last())
                .containsText("202");
        assertThat(operation
                        .locator(".live-responses-table")
                        .getByText("messageId")
                        .first())
                .isVisible();
        List<String> found = new ArrayList<>();
        AccessibilityIT.look(page, "apidocs-try", ColorScheme.LIGHT, found);
        try (ImapClient imap = suite.imap(programmer)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> imap.select("INBOX") > 0);
            assertThat(new String(imap.fetch(imap.uids().getFirst()), StandardCharsets.UTF_8))
                    .contains("Subject: " + subject);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(360, 800);
        page.navigate(url(Service.APIDOCS, TRIAL));
        assertThat(operation.locator("textarea.body-param__text")).isVisible();
        AccessibilityIT.look(page, "apidocs-try", ColorScheme.DARK, found);
        assertThat(found).isEmpty();
        assertThat(hosts).allMatch(url -> url.startsWith("http://127.0.0.1:") || url.startsWith("data:"));
    }

    @Test
    void everyPageIsAccessible() {
        List<String> found = new ArrayList<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext other = chromium.fresh(scheme, scheme == ColorScheme.LIGHT ? 1440 : 360)) {
                Page visited = other.newPage();
                for (String path : PAGES) {
                    visited.navigate(url(Service.APIDOCS, path));
                    AccessibilityIT.look(visited, "apidocs" + path, scheme, found);
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
