package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the search field shows while a person types. */
class SearchFieldIT extends InBrowser {
    @SuppressWarnings("NullAway.Init")
    SearchFieldIT(Suite suite) {
        super(suite);
    }

    private Locator option(String text) {
        return page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText(text));
    }

    @Test
    void wordsAreCompletedAndMessagesFoundWhileTyping() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        for (String subject : new String[] {"Lunch on Friday", "Invoice 7", "Lunchroom keys"}) {
            receive(
                    reader,
                    "From: Anna Nov <anna@elsewhere.example>\r\nTo: %s\r\nSubject: %s\r\n\r\nWords\r\n"
                            .formatted(reader.address(), subject));
        }
        RestClient storage = suite.rest(Service.STORAGE, reader);
        Awaitility.await("correspondents come from the index, which follows")
                .until(() ->
                        storage.get("/api/accounts/me/suggestions?q=ann").text().contains("anna@elsewhere.example"));
        signIn(page, Service.CLIENT, reader);
        assertThat(page.locator(".row-message")).hasCount(3);
        page.waitForLoadState();

        page.keyboard().press("/");
        Locator field = page.getByLabel("Search mail");
        assertThat(field).isFocused();
        assertThat(option("has:attachment")).isVisible();
        page.keyboard().type("lun");
        assertThat(option("Lunch on Friday")).isVisible();
        assertThat(option("Lunchroom keys")).isVisible();
        assertThat(option("Invoice")).hasCount(0);
        assertThat(Chromium.violations(page)).isEmpty();
        Chromium.picture(page, "search-typed");

        field.fill("is:un");
        assertThat(option("is:unread")).isVisible();
        page.keyboard().press("ArrowDown");
        assertThat(option("is:unread")).hasAttribute("aria-selected", "true");
        page.keyboard().press("Enter");
        assertThat(field).hasValue("is:unread ");
        assertThat(option("Invoice 7")).isVisible();
        page.keyboard().type("from:ann");
        option("from:anna@elsewhere.example").click();
        assertThat(field).hasValue("is:unread from:anna@elsewhere.example ");
        page.keyboard().type("inv");
        assertThat(option("Lunch")).hasCount(0);
        option("Invoice 7").click();
        assertThat(heading(page, "Invoice 7")).isVisible();

        field.fill("lunch");
        assertThat(option("Lunchroom keys")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.OPTION)).hasCount(0);
        page.keyboard().press("Enter");
        assertThat(heading(page, "Found for lunch")).isVisible();
        assertThat(page.locator(".row-message.found")).hasCount(2);
    }
}
