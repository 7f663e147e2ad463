package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import cz.digidig.system.Codes;
import cz.digidig.system.Messages;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Administration and sign-in as people do them, on a running suite. */
@ExtendWith(SuiteExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {
    private static final String GIVEN = "given by somebody 7";
    private static final String OWN = "correct-Horse-7-battery";

    private static final List<String> ADMIN_PAGES = List.of(
            "/",
            "/mail/queue",
            "/mail/trace",
            "/mail/sessions",
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

    private final Suite suite;
    /** Tells what this run makes from what runs before made on the same suite. */
    private final String run = Long.toString(System.nanoTime() / 1_000_000, 36);

    private final AtomicInteger people = new AtomicInteger();
    private Chromium chromium;
    private Account admin;
    private BrowserContext context;
    private Page page;

    @SuppressWarnings("NullAway.Init")
    BrowserIT(Suite suite) {
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
    private Account person(String roles, boolean mustChange) throws IOException, InterruptedException {
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

    private String url(Service service, String path) {
        return "http://127.0.0.1:" + page(service) + path;
    }

    private int page(Service service) {
        return suite.port(service.rest());
    }

    private static Locator button(Page on, String name) {
        return on.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator heading(Page on, String name) {
        return on.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    private static void fillIn(Page on, Account account) {
        on.getByLabel("Mail address").fill(account.address());
        on.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(account.password());
        button(on, "Sign in").click();
    }

    private void signIn(Page on, Service service, Account account) {
        on.navigate(url(service, "/"));
        fillIn(on, account);
    }

    private void administer(Page on) {
        signIn(on, Service.ADMIN, admin);
        assertThat(heading(on, "Dashboard")).isVisible();
    }

    @Test
    void theFirstSignInAsksForAPasswordOfOnesOwn() throws IOException, InterruptedException {
        Account fresh = person("\"user\",\"admin\"", true);
        signIn(page, Service.ADMIN, fresh);
        assertThat(heading(page, "Choose a password")).isVisible();
        page.getByLabel("New password").fill(OWN);
        page.getByLabel("The same once more").fill(OWN + "x");
        button(page, "Save and go on").click();
        assertThat(page.getByText("The two passwords are not the same.")).isVisible();
        page.getByLabel("New password").fill(OWN);
        page.getByLabel("The same once more").fill(OWN);
        button(page, "Save and go on").click();
        assertThat(heading(page, "Dashboard")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*:" + page(Service.ADMIN) + "/(\\?continue)?"));
    }

    @Test
    void codesAreTurnedOnAndAskedFor() throws IOException, InterruptedException {
        Account person = person("\"user\"", false);
        signIn(page, Service.IDENTITY, person);
        page.navigate(url(Service.IDENTITY, "/security/codes"));
        button(page, "Set up codes").click();
        String secret = page.locator("#secret").innerText();
        page.locator("#code").fill("000000");
        button(page, "Turn codes on").click();
        assertThat(page.getByText("The code is not right.")).isVisible();
        page.locator("#code").fill(Codes.now(secret));
        button(page, "Turn codes on").click();
        assertThat(heading(page, "Recovery codes")).isVisible();

        try (BrowserContext other = chromium.fresh()) {
            Page elsewhere = other.newPage();
            signIn(elsewhere, Service.IDENTITY, person);
            assertThat(heading(elsewhere, "Enter your code")).isVisible();
            elsewhere.locator("#code").fill(Codes.next(secret));
            button(elsewhere, "Go on").click();
            assertThat(heading(elsewhere, "Your sign-in")).isVisible();
        }
    }

    @Test
    void aPasskeyIsMadeAndSignsIn() throws IOException, InterruptedException {
        // Passkeys are bound to the place where the suite says that it is.
        suite.requireOwn();
        Account person = person("\"user\"", false);
        CDPSession devices = context.newCDPSession(page);
        devices.send("WebAuthn.enable");
        JsonObject device = JsonParser.parseString(
                        "{\"options\":{\"protocol\":\"ctap2\",\"transport\":\"internal\",\"hasResidentKey\":true,"
                                + "\"hasUserVerification\":true,\"isUserVerified\":true}}")
                .getAsJsonObject();
        devices.send("WebAuthn.addVirtualAuthenticator", device);
        // Browsers keep passkeys for names alone.
        String home = "http://localhost:" + page(Service.IDENTITY);
        page.navigate(home + "/sign-in");
        fillIn(page, person);
        assertThat(heading(page, "Your sign-in")).isVisible();
        page.navigate(home + "/security/passkeys");
        page.getByLabel("Name").fill("Test device");
        button(page, "Add a passkey").click();
        assertThat(page.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName("Test device")))
                .isVisible();

        context.clearCookies();
        page.navigate(home + "/sign-in");
        button(page, "Sign in with a passkey").click();
        assertThat(heading(page, "Your sign-in")).isVisible();
        assertThat(page.getByText("How " + person.address() + " signs in, and where."))
                .isVisible();
    }

    private Path smtpFile() {
        return suite.runFolder().resolve("smtp-service/data/smtp_config.json");
    }

    private Locator maximum(Page on) {
        on.navigate(url(Service.ADMIN, "/settings/smtp#g-Limits"));
        return on.locator("[name='maxMessageSize']");
    }

    @Test
    void theLargestMessageIsChangedInForceAndInTheFile() throws IOException {
        administer(page);
        maximum(page).fill("31457280");
        button(page, "Review changes").click();
        assertThat(heading(page, "What will change")).isVisible();
        button(page, "Save").click();
        assertThat(page.getByText("Saved, and in force")).isVisible();

        try (SmtpClient client = suite.smtp(Port.MX)) {
            assertThat(client.command("EHLO again.example").lines()).contains("SIZE 31457280");
        }
        assertThat(Files.readString(smtpFile())).contains("\"maxMessageSize\" : 31457280");
    }

    @Test
    void aValueThatCannotBeIsRefusedAtItsField() throws IOException {
        administer(page);
        String before = Files.exists(smtpFile()) ? Files.readString(smtpFile()) : "";
        maximum(page).fill("1");
        button(page, "Review changes").click();
        if (heading(page, "What will change").isVisible()) {
            button(page, "Save").click();
        }
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("refused");
        Locator field = page.locator("[name='maxMessageSize']");
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(field).hasValue("1");
        assertThat(field).isVisible();
        assertThat(Files.exists(smtpFile()) ? Files.readString(smtpFile()) : "").isEqualTo(before);
    }

    @Test
    void twoAdministratorsSeeEachOthersChanges() throws IOException, InterruptedException {
        Account second = person("\"user\",\"admin\"", false);
        administer(page);
        try (BrowserContext other = chromium.fresh()) {
            Page theirs = other.newPage();
            signIn(theirs, Service.ADMIN, second);
            assertThat(heading(theirs, "Dashboard")).isVisible();
            maximum(page);
            maximum(theirs).fill("41943040");
            button(theirs, "Review changes").click();
            button(theirs, "Save").click();
            assertThat(theirs.getByText("Saved, and in force")).isVisible();

            page.locator("[name='maxRecipients']").fill("77");
            button(page, "Review changes").click();
            assertThat(heading(page, "Changed meanwhile")).isVisible();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText(second.address());
            button(page, "Save mine on top").click();
            assertThat(page.getByText("Saved, and in force")).isVisible();
        }
        assertThat(Files.readString(smtpFile())).contains("\"maxMessageSize\" : 41943040", "\"maxRecipients\" : 77");
    }

    @Test
    void aDomainIsAddedWithItsRecords() {
        String name = "wizard-" + run + ".test";
        administer(page);
        page.navigate(url(Service.ADMIN, "/domains/new"));
        page.getByLabel("Domain", new Page.GetByLabelOptions().setExact(true)).fill("not a domain");
        button(page, "Next: DNS records").click();
        assertThat(page.locator("#name-error")).isVisible();
        page.getByLabel("Domain", new Page.GetByLabelOptions().setExact(true)).fill(name);
        button(page, "Next: DNS records").click();
        assertThat(heading(page, name)).isVisible();
        for (String record : List.of("MX", "v=spf1", "v=DKIM1", "v=DMARC1", "v=TLSRPTv1", "SRV")) {
            assertThat(page.locator("#zone")).containsText(record);
        }
    }

    @Test
    void accountsAreImportedWithoutTheBadRows() {
        StringBuilder csv = new StringBuilder("email,password,displayName\n");
        for (int i = 0; i < 6; i++) {
            csv.append("import%d-%s@%s,%s,Person %d\n".formatted(i, run, Suite.DOMAIN, OWN, i));
        }
        csv.append("no-address,").append(OWN).append(",X\n");
        csv.append("x@elsewhere.example,").append(OWN).append(",X\n");
        csv.append("alice@").append(Suite.DOMAIN).append(',').append(OWN).append(",X\n");
        administer(page);
        page.navigate(url(Service.ADMIN, "/accounts/import"));
        page.locator("input[type=file]")
                .setInputFiles(
                        new FilePayload("people.csv", "text/csv", csv.toString().getBytes(StandardCharsets.UTF_8)));
        page.locator("main form button[type=submit]").click();
        assertThat(page.getByText("Its domain is not served here")).isVisible();
        assertThat(page.getByText("There is such an account already")).isVisible();
        button(page, "Make 6 accounts").click();
        assertThat(page.getByText("Done: 6 accounts were made.")).isVisible();
    }

    @Test
    void aQueuedMessageIsTriedAgain() throws IOException, InterruptedException {
        RestClient identity = suite.rest(Service.IDENTITY, suite.admin());
        String domain = "queue-" + run + ".test";
        identity.post("/api/domains", "{\"name\":\"%s\"}".formatted(domain));
        Account sender = new Account("sender@" + domain, OWN);
        identity.post("/api/accounts", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(sender.address(), OWN));
        RestClient smtp = suite.rest(Service.SMTP, suite.admin());
        // Nothing listens there, so the mail of this domain waits.
        RestClient.Answer set = smtp.send(smtp.request("/api/config")
                .header("Content-Type", "application/merge-patch+json")
                .method(
                        "PATCH",
                        BodyPublishers.ofString(
                                ("{\"smartHosts\":[{\"senderDomains\":[\"%s\"],\"host\":\"127.0.0.1\",\"port\":1,"
                                                + "\"tls\":\"none\",\"user\":\"\",\"password\":\"\"}]}")
                                        .formatted(domain))));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        try (SmtpClient client = suite.smtp(Port.SUBMISSIONS)) {
            client.login(sender.address(), OWN);
            assertThat(client.send(
                                    sender.address(),
                                    "friend@far.example",
                                    Messages.simple(sender.address(), "friend@far.example", "waits"))
                            .code())
                    .isEqualTo(250);
        }
        administer(page);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            page.navigate(url(Service.ADMIN, "/mail/queue?q=far.example"));
            return page.locator("main a[href^='/mail/queue/']").count() > 0;
        });
        page.locator("main a[href^='/mail/queue/']").first().click();
        assertThat(page.locator("main")).containsText("friend@far.example");
        button(page, "Try now").first().click();
        assertThat(page.getByText("1 message is tried now")).isVisible();
    }

    @Test
    void oneMailIsFollowedThroughTheLogs() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        try (SmtpClient client = suite.smtp(Port.MX)) {
            client.send(
                    "sender@elsewhere.example",
                    reader.address(),
                    Messages.simple("sender@elsewhere.example", reader.address(), "followed"));
        }
        administer(page);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            page.navigate(url(Service.ADMIN, "/mail/trace?q=" + reader.address().replace("@", "%40")));
            return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("In the logs"))
                            .count()
                    > 0;
        });
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("In the logs"))
                .first()
                .click();
        assertThat(page).hasURL(Pattern.compile(".*/logs\\?trace=[0-9a-f]+.*"));
        assertThat(page.locator("main")).containsText("smtp-service");
    }

    @Test
    void signingOutInOneApplicationEndsTheOthers() throws IOException, InterruptedException {
        Account person = person("\"user\",\"admin\"", false);
        signIn(page, Service.ADMIN, person);
        assertThat(heading(page, "Dashboard")).isVisible();
        Page webmail = context.newPage();
        webmail.navigate(url(Service.CLIENT, "/"));
        assertThat(webmail).hasURL(Pattern.compile(".*:" + page(Service.CLIENT) + "/.*"));

        page.locator("[popovertarget=person]").click();
        button(page, "Sign out").click();
        assertThat(button(page, "Sign in")).isVisible();

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            webmail.reload();
            return button(webmail, "Sign in").isVisible();
        });
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

    private static void look(Page on, String name, ColorScheme scheme, List<String> found) {
        Chromium.picture(on, name + "-" + scheme);
        Chromium.violations(on).forEach(violation -> found.add(name + " (" + scheme + "): " + violation));
        Number over = (Number) on.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
        if (over.intValue() > 0) {
            found.add(name + " (" + scheme + "): wider than the window by " + over);
        }
    }
}
