package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail comes from files, and goes back into them. */
class ImportIT extends InBrowser {
    private static final String MBOX = """
        From a@example.org Thu Nov  5 07:08:09 2026
        Status: O
        X-Status: F
        From: Alice <a@example.org>
        Subject: Holiday

        >From the sea.

        From a@example.org Fri Nov  6 07:08:09 2026
        From: Alice <a@example.org>
        Subject: Back again

        It was short.

        """;

    @SuppressWarnings("NullAway.Init")
    ImportIT(Suite suite) {
        super(suite);
    }

    private void choose(FilePayload file) {
        page.navigate(url(Service.CLIENT, "/settings/import"));
        page.getByLabel("Files").setInputFiles(file);
        button(page, "Import").click();
    }

    private static FilePayload file(String name, byte[] octets) {
        return new FilePayload(name, "application/octet-stream", octets);
    }

    private void assertCounts(String words) {
        assertThat(page.getByText("Import finished")).isVisible();
        assertThat(page.locator(".import-progress .facts")).hasText(words);
    }

    @Test
    void whatIsImportedOnceIsThereOnceAndComesBackFromAnExport(@TempDir Path folder)
            throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        signIn(page, Service.CLIENT, reader);
        choose(file("picture.mbox", "GIF89a".getBytes(StandardCharsets.US_ASCII)));
        assertThat(page.locator("#file-error")).hasText("picture.mbox is no message, no mbox and no zip.");
        byte[] mbox = MBOX.getBytes(StandardCharsets.US_ASCII);
        choose(file("Old mail.mbox", mbox));
        assertCounts("Imported2There already0Not taken0");
        assertThat(Chromium.violations(page)).isEmpty();
        choose(file("Old mail.mbox", mbox));
        assertCounts("Imported0There already2Not taken0");

        Path zip = folder.resolve("mail.zip");
        page.navigate(url(Service.CLIENT, "/settings/export"));
        page.waitForDownload(() -> button(page, "Download").click()).saveAs(zip);
        choose(file("mail.zip", Files.readAllBytes(zip)));
        assertCounts("Imported0There already2Not taken0");
        Account other = person("\"user\"", false);
        context.clearCookies();
        signIn(page, Service.CLIENT, other);
        choose(file("mail.zip", Files.readAllBytes(zip)));
        assertCounts("Imported2There already0Not taken0");
        page.navigate(url(Service.CLIENT, "/"));
        page.locator(".folders a")
                .filter(new Locator.FilterOptions().setHasText("Old mail"))
                .click();
        assertThat(page.locator(".row-message")).hasCount(2);
        Locator holiday = page.locator(".row-message").filter(new Locator.FilterOptions().setHasText("Holiday"));
        assertThat(holiday).hasClass(Pattern.compile("unread.*flagged|flagged.*unread"));
        holiday.locator(".opens").click();
        assertThat(page.locator("#reading").getByText("From the sea.")).isVisible();
    }
}
