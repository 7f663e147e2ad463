package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import cz.digidig.system.Messages;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Administration as people do it. */
class AdministrationIT extends InBrowser {
    AdministrationIT(Suite suite) {
        super(suite);
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
    void aBackupIsMadeByTheAgent() {
        suite.requireOwn();
        administer(page);
        page.navigate(url(Service.ADMIN, "/volumes"));
        button(page, "Back up now").click();
        Locator made = page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText("digidig-backup-"))
                .filter(new Locator.FilterOptions().setHas(page.getByText("everything")));
        assertThat(made.first()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        List<String> found = new ArrayList<>();
        AccessibilityIT.look(page, "admin/volumes-with-a-backup", ColorScheme.LIGHT, found);
        made.first().getByText("Restore").click();
        assertThat(heading(page, "Restore this backup?")).isVisible();
        AccessibilityIT.look(page, "admin/restore", ColorScheme.LIGHT, found);
        assertThat(found).isEmpty();
        assertThat(button(page, "Restore")).isDisabled();
        page.getByLabel("Type restore to confirm").fill("restore");
        assertThat(button(page, "Restore")).isEnabled();
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
        for (int i = 0; i < 1000; i++) {
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
        button(page, "Make 1,000 accounts").click();
        assertThat(page.getByText("Done: 1,000 accounts were made."))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(300_000));
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
        RestClient.Answer set = smtp.patch(
                "/api/config",
                "{\"smartHosts\":[{\"senderDomains\":[\"%s\"],\"host\":\"127.0.0.1\",\"port\":1,\"tls\":\"none\",\"user\":\"\",\"password\":\"\"}]}"
                        .formatted(domain));
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
}
