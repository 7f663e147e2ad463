package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that use the suite as people do: each with a browser that nobody used before, and people of its own. */
@ExtendWith(SuiteExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InBrowser {
    static final String GIVEN = "given by somebody 7";
    static final String OWN = "correct-Horse-7-battery";

    final Suite suite;
    /** Tells what this run makes from what runs before made on the same suite. */
    final String run = Long.toString(System.nanoTime() / 1_000_000, 36);

    private final AtomicInteger people = new AtomicInteger();
    Chromium chromium;
    private Account admin;
    BrowserContext context;
    Page page;

    @SuppressWarnings("NullAway.Init")
    InBrowser(Suite suite) {
        this.suite = suite;
    }

    @BeforeAll
    void open() throws IOException, InterruptedException {
        chromium = Chromium.start();
        admin = person("\"user\",\"admin\"", false);
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void freshBrowser() {
        context = chromium.fresh();
        page = context.newPage();
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    /** Makes an account of this test's own. */
    Account person(String roles, boolean mustChange) throws IOException, InterruptedException {
        Account made = new Account(
                "browser%d-%s@%s".formatted(people.incrementAndGet(), run, Suite.DOMAIN), mustChange ? GIVEN : OWN);
        RestClient.Answer answer = suite.rest(Service.IDENTITY, suite.admin())
                .post(
                        "/api/accounts",
                        "{\"email\":\"%s\",\"password\":\"%s\",\"roles\":[%s],\"mustChangePassword\":%s}"
                                .formatted(made.address(), made.password(), roles, mustChange));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return made;
    }

    /** Puts a message into somebody's inbox. */
    void receive(Account of, String message) throws IOException, InterruptedException {
        RestClient storage = suite.rest(Service.STORAGE, of);
        assertThat(storage.send(storage.request("/api/accounts/me/mailboxes/INBOX/messages")
                                .header("Content-Type", "message/rfc822")
                                .POST(BodyPublishers.ofString(message)))
                        .status())
                .isEqualTo(201);
    }

    String url(Service service, String path) {
        return "http://127.0.0.1:" + page(service) + path;
    }

    int page(Service service) {
        return suite.port(service.rest());
    }

    static Locator button(Page on, String name) {
        return on.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator heading(Page on, String name) {
        return on.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    static void fillIn(Page on, Account account) {
        on.getByLabel("Mail address").fill(account.address());
        on.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(account.password());
        button(on, "Sign in").click();
    }

    void signIn(Page on, Service service, Account account) {
        on.navigate(url(service, "/"));
        fillIn(on, account);
    }

    void administer(Page on) {
        signIn(on, Service.ADMIN, admin);
        assertThat(heading(on, "Dashboard")).isVisible();
    }
}
