package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Reading and plain writing in a browser that runs no script. */
class NoScriptIT extends InBrowser {
    @SuppressWarnings("NullAway.Init")
    NoScriptIT(Suite suite) {
        super(suite);
    }

    @Test
    void mailIsReadArchivedFoundAndAnswered() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        Account writer = person("\"user\"", false);
        receive(
                reader,
                "From: Walter <%s>\r\nTo: %s\r\nSubject: Question\r\nMessage-ID: <q1@x>\r\n\r\nAt noon?\r\n"
                        .formatted(writer.address(), reader.address()));
        receive(
                reader,
                "From: news@elsewhere.example\r\nSubject: News\r\nContent-Type: text/html\r\n\r\n<p>Much is new</p>\r\n");
        try (BrowserContext plain = chromium.withoutScript()) {
            Page shown = plain.newPage();
            signIn(shown, Service.CLIENT, reader);
            assertThat(shown.locator(".row-message")).hasCount(2);

            shown.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("News"))
                    .click();
            assertThat(shown.frameLocator("iframe.html-mail").getByText("Much is new"))
                    .isVisible();
            shown.locator("article.message button[value=archive]").click();
            assertThat(shown.locator(".row-message")).hasCount(1);
            shown.getByLabel("Search mail").fill("new");
            shown.getByLabel("Search mail").press("Enter");
            assertThat(shown.locator(".row-message.found")).hasCount(1);

            shown.navigate(url(Service.CLIENT, "/mail/INBOX"));
            shown.locator(".opens").click();
            assertThat(shown.locator("#reading").getByText("At noon?")).isVisible();
            shown.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Reply").setExact(true))
                    .click();
            Locator text = shown.locator("#text");
            text.fill("At one.\n\n" + text.inputValue());
            button(shown, "Send").click();
            RestClient storage = suite.rest(Service.STORAGE, writer);
            Awaitility.await("the answer arrives").atMost(Duration.ofMinutes(1)).until(() -> storage.get(
                            "/api/accounts/me/mailboxes/INBOX/messages")
                    .text()
                    .contains("Re: Question"));
        }
    }
}
