package cz.digidig.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of backups, as it meets the agent in the data folder. */
@ExtendWith(AdminExtension.class)
class BackupsIT {
    private static final String ARCHIVE = "digidig-backup-20261123T030000Z.tar";
    private static final String STATE = """
            {"seenAt":"2026-11-24T02:59:50Z","mode":"embedded","folder":"/srv/<b>Bold</b>","running":%s,"archives":[
              {"name":"digidig-backup-20261123T030000Z.tar","octets":2048,"release":"0.1.0","verifiedAt":"2026-11-23T04:00:00Z"},
              {"name":"digidig-backup-20261122T030000Z-smtp.tar","octets":1024,"release":"0.1.0","verifiedAt":""}],
             "results":[{"verb":"restore","archive":"digidig-backup-20261122T030000Z.tar","by":"eve@digidig.test",
               "ended":"2026-11-23T03:00:05Z","outcome":"failed","words":"<b>Bold</b> is damaged"}]}
            """;

    private final Admin admin;
    private final Path folder;

    BackupsIT(Admin admin) {
        this.admin = admin;
        this.folder = admin.folder().resolve("data/backups");
    }

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("state.json"), STATE.formatted("null"));
    }

    @AfterEach
    void clear() throws IOException {
        for (Path request : requests()) {
            Files.delete(request);
        }
        Files.deleteIfExists(folder.resolve("state.json"));
    }

    private List<Path> requests() throws IOException {
        if (!Files.exists(folder.resolve("requests"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("requests"))) {
            return files.toList();
        }
    }

    private String onlyRequest() throws IOException {
        assertThat(requests()).hasSize(1);
        return Files.readString(requests().getFirst());
    }

    @Test
    void archivesAndWhatWasDoneAreShown() throws IOException, InterruptedException {
        for (String language : List.of("en", "cs")) {
            assertThat(admin.signedIn().speaking(language).get("/volumes").body())
                    .contains(ARCHIVE, "0.1.0", "eve@digidig.test", "&lt;b&gt;Bold&lt;/b&gt; is damaged")
                    .contains("scripts/backup-agent compose --to /var/backups/digidig")
                    .doesNotContain("<b>Bold</b>")
                    .doesNotContain("??");
        }
    }

    @Test
    void withoutAnAgentThePageSaysWhatStartsIt() throws IOException, InterruptedException {
        Files.delete(folder.resolve("state.json"));
        assertThat(admin.signedIn().get("/volumes").body())
                .contains("The backup agent was never seen", "scripts/backup-agent compose", "No backup is known");
    }

    @Test
    void aBackupIsAskedForOnce() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(browser.get("/volumes").body(), "_csrf");
        HttpResponse<String> asked = browser.post("/volumes/backups", Map.of("_csrf", csrf));
        assertThat(asked.body())
                .contains("The backup agent was asked", "waits for the backup agent", "hx-get=\"/volumes\"");
        assertThat(onlyRequest()).isEqualTo("backup\nadmin@digidig.test\n");
        assertThat(browser.post("/volumes/backups/" + ARCHIVE + "/verify", Map.of("_csrf", csrf))
                        .body())
                .contains("nothing was asked for");
        assertThat(onlyRequest()).startsWith("backup");
        assertThat(browser.post("/volumes/backups/withdraw", Map.of("_csrf", csrf))
                        .body())
                .contains("The request was withdrawn");
        assertThat(requests()).isEmpty();
        browser.post("/volumes/backups/" + ARCHIVE + "/verify", Map.of("_csrf", csrf));
        assertThat(onlyRequest()).isEqualTo("verify " + ARCHIVE + "\nadmin@digidig.test\n");
    }

    @Test
    void aRestoreNeedsItsWord() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String page = "/volumes/backups/" + ARCHIVE + "/restore";
        String sure = browser.get(page).body();
        assertThat(sure).contains("Restore this backup?", "data-typed=\"restore\"", "data-needs-typed=", ARCHIVE);
        String csrf = Browser.hidden(sure, "_csrf");
        for (String typed : List.of("", "yes", "RESTORE")) {
            assertThat(browser.post(page, Map.of("_csrf", csrf, "typed", typed)).body())
                    .contains("Nothing was restored", "Restore this backup?");
        }
        assertThat(requests()).isEmpty();
        browser.post(page, Map.of("_csrf", csrf, "typed", "restore"));
        assertThat(onlyRequest()).isEqualTo("restore " + ARCHIVE + "\nadmin@digidig.test\n");
    }

    @Test
    void onlyWhatTheAgentListsIsMeant() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String csrf = Browser.hidden(
                browser.get("/volumes/backups/" + ARCHIVE + "/delete").body(), "_csrf");
        for (String path : List.of(
                "/volumes/backups/digidig-backup-20200101T000000Z.tar/delete", "/volumes/backups/passwd/restore")) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(browser.post(path, Map.of("_csrf", csrf, "typed", "restore"))
                            .statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(browser.get("/volumes/backups/" + ARCHIVE + "/burn").statusCode())
                .isEqualTo(404);
        assertThat(browser.post("/volumes/backups", Map.of()).statusCode()).isEqualTo(403);
        assertThat(requests()).isEmpty();
        browser.post("/volumes/backups/" + ARCHIVE + "/delete", Map.of("_csrf", csrf));
        assertThat(onlyRequest()).startsWith("delete " + ARCHIVE);
    }

    @Test
    void whatIsUnderWayIsShownAndNothingElseIsAskedFor() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("state.json"), STATE.formatted("""
                {"verb":"restore","archive":"digidig-backup-20261123T030000Z.tar","by":"bob@digidig.test","since":"2026-11-24T02:00:00Z"}
                """));
        Browser browser = admin.signedIn();
        String body = browser.get("/volumes").body();
        assertThat(body).contains("under way", "bob@digidig.test", "The suite goes down meanwhile");
        browser.post("/volumes/backups", Map.of("_csrf", Browser.hidden(body, "_csrf")));
        assertThat(requests()).isEmpty();
    }

    @Test
    void onlyAdministratorsOfTheSuiteComeHere() throws IOException, InterruptedException {
        admin.suite().roles = "domain-admin";
        try {
            Browser browser = admin.signedIn();
            String csrf = Browser.hidden(browser.get("/accounts").body(), "_csrf");
            assertThat(browser.get("/volumes/backups/" + ARCHIVE + "/restore").statusCode())
                    .isEqualTo(403);
            assertThat(browser.post("/volumes/backups", Map.of("_csrf", csrf)).statusCode())
                    .isEqualTo(403);
            assertThat(requests()).isEmpty();
        } finally {
            admin.suite().roles = "admin";
        }
    }
}
