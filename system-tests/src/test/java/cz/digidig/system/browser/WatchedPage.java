package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page on which mail is opened, watched for what no mail may bring about: script, requests elsewhere, another page. */
final class WatchedPage {
    private final Page page;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> blocked = new CopyOnWriteArrayList<>();

    WatchedPage(Page page) {
        this.page = page;
        page.onRequest(request -> requests.add(request.url()));
        page.onDialog(dialog -> blocked.add("a dialog: " + dialog.message()));
        // The frame's sandbox and the policies would hold what the sanitiser let through; they never have to.
        page.onConsoleMessage(line -> {
            if (line.text().contains("Blocked script") || line.text().contains("Content Security Policy")) {
                blocked.add(line.text());
            }
        });
    }

    /**
     * Opens a message; none of it runs, loads, sends or leads away. Script in it is expected to set {@code hacked} of the top
     * window, if it can.
     */
    void open(String url, String message) {
        requests.clear();
        blocked.clear();
        Response response = page.navigate(url, new Page.NavigateOptions().setTimeout(60_000));
        assertThat(response.status()).as(message).isEqualTo(200);
        assertThat(page.locator("article.message")).isVisible();
        assertThat(page.evaluate("() => typeof window.hacked")).as(message).isEqualTo("undefined");
        assertThat(page.url()).as(message).isEqualTo(url);
        assertThat(requests)
                .as(message)
                .allMatch(requested -> requested.startsWith("http://127.0.0.1:") || requested.startsWith("data:"))
                .noneMatch(requested -> requested.endsWith("/policy-reports"));
        assertThat(blocked).as(message).isEmpty();
    }
}
