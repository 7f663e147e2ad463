package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The suite without a pointer. */
class KeyboardIT extends InBrowser {
    private static final int MOST_STOPS = 80;

    /** Whether the person sees where the focus is: at the element, or at what holds it. */
    private static final String SEEN =
            "() => { if (document.activeElement === document.body) return true; for (let one = document.activeElement, i = 0; one && i < 5; one = one.parentElement, i++) {"
                    + " const style = getComputedStyle(one); if (style.outlineStyle !== 'none' || style.boxShadow !== 'none') return true; } return false; }";

    private static final String NAMED = "() => document.activeElement.outerHTML.slice(0, 300)";

    @SuppressWarnings("NullAway.Init")
    KeyboardIT(Suite suite) {
        super(suite);
    }

    private void assertAccessible() {
        assertThat(new AxeBuilder(page).exclude("iframe").analyze().getViolations())
                .isEmpty();
    }

    private Locator line(String words) {
        return page.locator(".row-message .opens").filter(new Locator.FilterOptions().setHasText(words));
    }

    private Locator option(String name) {
        return page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    private void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    /** Goes through the page by Tab, until something has the focus. */
    private void tabTo(String selector) {
        for (int stops = 0; stops < MOST_STOPS; stops++) {
            press("Tab");
            if (page.locator(selector + ":focus").count() > 0) {
                return;
            }
            assertThat((Boolean) page.evaluate(SEEN))
                    .as("the focus is seen at " + page.evaluate(NAMED))
                    .isTrue();
        }
        throw new AssertionError(selector + " is not reached by Tab; it stays at " + page.evaluate(NAMED));
    }

    private Account signedInWithMail() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        receive(
                reader,
                "From: Bob <bob@digidig.test>\r\nSubject: Older\r\nMessage-ID: <1@k>\r\n\r\nThe first words\r\n");
        receive(
                reader,
                "From: Carol <carol@digidig.test>\r\nSubject: Newer\r\nMessage-ID: <2@k>\r\n\r\nMore words\r\n");
        page.navigate(url(Service.CLIENT, "/"));
        assertThat(page.getByLabel("Mail address")).isFocused();
        page.keyboard().type(reader.address());
        press("Tab");
        page.keyboard().type(reader.password());
        press("Enter");
        page.waitForURL("**/mail/INBOX");
        page.waitForLoadState();
        return reader;
    }

    @Test
    void mailIsReadAnsweredArchivedAndBroughtBack() throws IOException, InterruptedException {
        signedInWithMail();
        press("j");
        assertThat(line("Newer")).isFocused();
        press("j");
        assertThat(line("Older")).isFocused();
        press("k");
        assertThat(line("Newer")).isFocused();
        assertThat((Boolean) page.evaluate(SEEN)).isTrue();
        press("j", "Enter");
        assertThat(page.locator("article .words")).containsText("The first words");
        press("k");
        assertThat(page.locator("article .words")).containsText("More words");
        press("u");
        assertThat(line("Newer")).isFocused();
        press("j", "Enter");
        assertThat(page.locator("article .words")).containsText("The first words");
        press("r");
        assertThat(page.locator("#text")).isFocused();
        page.keyboard().type("Thank you for the words");
        tabTo("button[value=send]");
        tabTo("#subject");
        press("Control+Enter");
        assertThat(page.getByText("Will be sent in 10 seconds")).isVisible();
        page.waitForLoadState();
        press("j", "j");
        assertThat(line("Older")).isFocused();
        press("e");
        assertThat(page.getByText("1 message moved to Archive")).isVisible();
        assertThat(line("Older")).hasCount(0);
        assertThat(line("Newer")).isFocused();
        press("z");
        assertThat(line("Older")).isVisible();
        assertThat(line("Newer")).isFocused();
        press("Enter");
        assertThat(page.locator("article .words")).containsText("More words");
        tabTo("#reading button[value=archive]");
        press("Enter");
        assertThat(page.locator("article .words")).containsText("The first words");
        assertThat(line("Older")).isFocused();
        press("e");
        assertThat(page.locator("#main")).isFocused();
        tabTo(".folders .write");
        press("Enter");
        assertThat(page.locator("#to-entry")).isFocused();
        tabTo("#subject");
        tabTo("#to-entry");
    }

    @Test
    void theNarrowPageComesBackToItsLine() throws IOException, InterruptedException {
        page.setViewportSize(360, 800);
        signedInWithMail();
        press("j", "j", "Enter");
        assertThat(page.locator("article .words")).containsText("The first words");
        assertThat(page.locator("#reading")).isFocused();
        assertThat((Boolean) page.evaluate(SEEN)).isTrue();
        press("Escape");
        assertThat(line("Older")).isFocused();
    }

    @Test
    void thePaletteGoesToFoldersAndActsOnMessages() throws IOException, InterruptedException {
        signedInWithMail();
        press("j", "Control+k");
        assertThat(page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Go to, or do")))
                .isFocused();
        assertThat(page.getByRole(AriaRole.OPTION).first()).hasText(Pattern.compile("Archive\\s*e"));
        assertThat(option("Settings: Export")).isAttached();
        assertAccessible();
        Chromium.picture(page, "palette");
        page.keyboard().type("move trash");
        assertThat(page.getByRole(AriaRole.OPTION).first()).hasText("Move to Trash");
        press("Enter");
        assertThat(page.getByText("1 message moved to Trash")).isVisible();
        assertThat(line("Older")).isFocused();

        press("Control+k");
        page.keyboard().type("zzqy");
        assertThat(page.getByRole(AriaRole.OPTION)).hasCount(1);
        assertThat(option("Search for “zzqy”")).hasAttribute("aria-selected", "true");
        press("Escape");
        assertThat(line("Older")).isFocused();
        press("Control+k");
        page.keyboard().type("sent");
        press("ArrowDown", "ArrowUp", "Enter");
        assertThat(heading(page, "Sent")).isVisible();
        page.waitForLoadState();
        press("Control+k");
        page.keyboard().type("export");
        assertThat(option("Settings: Export")).hasAttribute("aria-selected", "true");
        press("Enter");
        assertThat(heading(page, "Export")).isVisible();
        page.waitForLoadState();
        press("Control+k");
        page.keyboard().type("first words");
        press("Enter");
        assertThat(page.locator("mark").first()).isVisible();
    }

    @Test
    void theAdministrationHasThePaletteToo() {
        administer(page);
        page.waitForLoadState();
        press("Control+k");
        assertThat(option("Domains")).isVisible();
        assertAccessible();
        page.keyboard().type("alice");
        assertThat(page.getByRole(AriaRole.OPTION)).hasText(new String[] {"Search for “alice”/"});
        press("Enter");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("alice@digidig.test")))
                .isVisible();
        page.waitForLoadState();
        press("Control+k");
        page.keyboard().type("logs");
        press("Enter");
        assertThat(heading(page, "Logs")).isVisible();
    }
}
