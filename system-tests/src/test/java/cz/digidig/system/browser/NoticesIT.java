package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notifications of new mail. A browser without a screen shows none, so the pages get one that remembers what it is told. */
class NoticesIT extends InBrowser {
    private static final String REMEMBERS = """
            window.told = [];
            window.Notification = class {
              static permission = sessionStorage.getItem("permission") || "default";
              static async requestPermission() {
                this.permission = sessionStorage.getItem("answer") || "granted";
                sessionStorage.setItem("permission", this.permission);
                return this.permission;
              }
              constructor(title, { body }) { window.told.push(title + "|" + body); window.last = this; }
              close() {}
            };
            Object.defineProperty(document, "hidden", { get: () => window.away === true });
            """;

    private static final String AWAY =
            "away => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }";
    private static final String LEADS =
            "async () => (await navigator.locks.query()).held.some(lock => lock.name === 'digidig-notices')";

    @SuppressWarnings("NullAway.Init")
    NoticesIT(Suite suite) {
        super(suite);
    }

    private static String from(String who, String subject) {
        return "From: %s <x@digidig.test>\r\nSubject: %s\r\n\r\nWords\r\n".formatted(who, subject);
    }

    @Test
    void newMailIsToldWhileNobodyLooks() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        context.addInitScript(REMEMBERS);
        signIn(page, Service.CLIENT, reader);
        assertThat(heading(page, "Your inbox is empty")).isVisible();
        page.navigate(url(Service.CLIENT, "/settings"));
        page.evaluate("sessionStorage.setItem('answer', 'denied')");
        page.getByLabel("Tell me of new mail by the browser").click();
        assertThat(page.getByText("This browser refuses notifications of this site."))
                .isVisible();
        assertThat(page.getByLabel("Tell me of new mail by the browser")).not().isChecked();
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        Chromium.picture(page, "settings-notifications");
        page.evaluate("sessionStorage.clear()");
        page.reload();
        page.getByLabel("Tell me of new mail by the browser").check();
        button(page, "Save").click();
        assertThat(page.getByText("Settings saved")).isVisible();
        assertThat(page.getByLabel("Tell me of new mail by the browser")).isChecked();

        page.navigate(url(Service.CLIENT, "/"));
        page.waitForFunction(LEADS);
        receive(reader, from("Ann", "Seen at once"));
        assertThat(page.locator(".row-message")).hasCount(1);
        assertThat(page).hasTitle("(1) Inbox · DIGiDIG");
        page.waitForResponse(answer -> answer.url().contains("/live/news"), () -> page.evaluate(AWAY, true));
        receive(reader, from("Bob", "Lunch"));
        page.waitForFunction("() => window.told.length > 0");
        assertThat(page.evaluate("() => window.told")).isEqualTo(List.of("Bob|Lunch"));
        for (int i = 0; i < 4; i++) {
            receive(reader, from("Carol", "Number " + i));
        }
        page.waitForFunction("() => window.told.at(-1) === '5 new messages|Carol, Bob'");
        assertThat(page).hasTitle("(6) Inbox · DIGiDIG");

        // Another tab that is looked at says enough.
        Page other = context.newPage();
        other.navigate(url(Service.CLIENT, "/"));
        assertThat(other.locator(".row-message")).hasCount(6);
        int before = (Integer) page.evaluate("() => window.told.length");
        page.waitForResponse(answer -> answer.url().contains("/live/news"), () -> {
            try {
                receive(reader, from("Dan", "Seen in the other tab"));
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        });
        assertThat(other.locator(".row-message")).hasCount(7);
        other.close();
        receive(reader, from("Eve", "Dinner"));
        page.waitForFunction("() => window.told.at(-1) === 'Eve|Dinner'");
        assertThat(page.evaluate("() => window.told.length")).isEqualTo(before + 1);
        page.evaluate("() => window.last.onclick()");
        assertThat(heading(page, "Dinner")).isVisible();
    }
}
