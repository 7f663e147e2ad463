package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.assertions.LocatorAssertions;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real mail, each message opened in a browser: of the {@code .eml} files below {@code -Ddigidig.corpus=FOLDER}, one in {@code
 * -Ddigidig.corpus.step} (20, where it is not set; 1: all of them).
 */
class CorpusPagesIT extends InBrowser {
    private static final double IMPORT_LIMIT_MS = 600_000;

    @SuppressWarnings("NullAway.Init")
    CorpusPagesIT(Suite suite) {
        super(suite);
    }

    @Test
    void realMailIsImportedAndOpened(@TempDir Path folder) throws IOException, InterruptedException {
        List<Path> corpus = corpus();
        Path zip = zipped(corpus, folder.resolve("corpus.zip"));
        Account reader = person("\"user\"", false);
        signIn(page, Service.CLIENT, reader);
        page.navigate(url(Service.CLIENT, "/settings/import"));
        page.getByLabel("Files").setInputFiles(zip);
        page.getByLabel("Folder").selectOption("Inbox");
        button(page, "Import").click();
        assertThat(page.getByText("Import finished"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(IMPORT_LIMIT_MS));
        int imported = count("Imported");
        assertThat(imported + count("There already") + count("Not taken")).isEqualTo(corpus.size());
        System.out.printf(
                "CorpusPagesIT: %d files, %d imported, %d not taken%n", corpus.size(), imported, count("Not taken"));

        List<JsonNode> messages = inbox(reader);
        assertThat(messages).hasSize(imported);
        WatchedPage watched = new WatchedPage(page);
        for (JsonNode message : messages) {
            watched.open(url(Service.CLIENT, "/mail/INBOX/" + message.path("id").asString()), message.toString());
        }
    }

    /** What the import page tells of one of its kinds. */
    private int count(String kind) {
        String figure = page.locator(".import-progress .facts dt:text-is(\"" + kind + "\") + dd")
                .innerText();
        return Integer.parseInt(figure.replaceAll("\\D", ""));
    }

    private List<JsonNode> inbox(Account reader) throws IOException, InterruptedException {
        RestClient storage = suite.rest(Service.STORAGE, reader);
        JsonMapper json = new JsonMapper();
        List<JsonNode> messages = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode listed = json.readTree(storage.get("/api/accounts/me/mailboxes/INBOX/messages?limit=100" + cursor)
                    .body());
            listed.path("items").forEach(messages::add);
            cursor = listed.path("next").isString()
                    ? "&cursor=" + listed.path("next").asString()
                    : "";
        } while (!cursor.isEmpty());
        return messages;
    }

    private static Path zipped(List<Path> files, Path zip) throws IOException {
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(file)) {
            for (int i = 0; i < files.size(); i++) {
                entries.putNextEntry(new ZipEntry(i + ".eml"));
                Files.copy(files.get(i), entries);
            }
        }
        return zip;
    }

    private static List<Path> corpus() throws IOException {
        String folder = System.getProperty("digidig.corpus", "");
        assumeTrue(!folder.isEmpty(), "no corpus: set -Ddigidig.corpus=FOLDER");
        int step = Integer.getInteger("digidig.corpus.step", 20);
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            List<Path> all = files.filter(name -> name.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
            return Stream.iterate(0, number -> number < all.size(), number -> number + step)
                    .map(all::get)
                    .toList();
        }
    }
}
