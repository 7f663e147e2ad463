package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import cz.digidig.system.Messages;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Senders are blocked, and let through again. */
class BlockedSendersIT extends InBrowser {
    @SuppressWarnings("NullAway.Init")
    BlockedSendersIT(Suite suite) {
        super(suite);
    }

    private void deliver(Account reader, String subject) throws IOException {
        try (SmtpClient client = suite.smtp(Port.MX)) {
            client.send(
                    "offers@elsewhere.example",
                    reader.address(),
                    Messages.simple("offers@elsewhere.example", reader.address(), subject));
        }
    }

    private Locator row(String subject) {
        return page.locator(".row-message .opens").filter(new Locator.FilterOptions().setHasText(subject));
    }

    @Test
    void aSenderIsBlockedFromItsMessage() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        deliver(reader, "First offer");
        signIn(page, Service.CLIENT, reader);
        LocatorAssertions.IsVisibleOptions patience = new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);
        assertThat(row("First offer")).isVisible(patience);
        row("First offer").click();
        page.getByLabel("More", new Page.GetByLabelOptions().setExact(true)).click();
        button(page, "Block offers@elsewhere.example").click();
        assertThat(page.getByText("Mail from offers@elsewhere.example goes to spam from now on"))
                .isVisible();
        deliver(reader, "Second offer");
        page.locator("#folders a")
                .filter(new Locator.FilterOptions().setHasText("Spam"))
                .click();
        assertThat(row("Second offer")).isVisible(patience);

        page.navigate(url(Service.CLIENT, "/settings/blocked"));
        Locator senders = page.getByLabel("Senders", new Page.GetByLabelOptions().setExact(true));
        assertThat(senders).hasValue("offers@elsewhere.example");
        senders.fill("nonsense");
        button(page, "Save").click();
        assertThat(page.locator("#senders-error")).isVisible();
        assertThat(senders).hasValue("nonsense");
        assertThat(Chromium.violations(page)).isEmpty();
        senders.fill("");
        button(page, "Save").click();
        assertThat(page.getByText("Nobody is blocked")).isVisible();
    }
}
