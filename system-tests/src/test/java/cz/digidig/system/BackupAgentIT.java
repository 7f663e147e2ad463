package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cz.digidig.system.suite.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code scripts/backup-agent} beside a {@code ./digidig} that only writes down what it was told, and replaces admin's data. */
class BackupAgentIT {
    private static final String SOME = "digidig-backup-20260101T000000Z.tar";
    private static final String MADE = "digidig-backup-20260102T000000Z.tar";
    private static final String STAND_IN = """
            #!/usr/bin/env bash
            cd "$DIGIDIG_RUN_DIR"
            printf '%s\\n' "$*" >>calls
            case $1 in
              backup)
                cp "$2/digidig-backup-20260101T000000Z.tar" "$2/digidig-backup-20260102T000000Z.tar"
                echo "Wrote $2/digidig-backup-20260102T000000Z.tar, 1 KB"
                ;;
              verify) [ ! -e damaged ] || { echo "refused: it is damaged \\"here\\"" >&2; exit 1; } ;;
              restore)
                rm -rf admin-service/data
                mkdir -p admin-service/data/backups/requests
                printf 'delete digidig-backup-20260101T000000Z.tar\\nold@digidig.test\\n' \\
                  >admin-service/data/backups/requests/1700000000000
                ;;
            esac
            """;

    private final JsonMapper json = new JsonMapper();
    private final Path home;
    private final Path run;
    private final Path archives;
    private final Path data;
    private @Nullable Process agent;
    private long asked = System.currentTimeMillis();

    BackupAgentIT(@TempDir Path folder) {
        home = folder.resolve("home");
        run = folder.resolve("run");
        archives = folder.resolve("archives");
        data = run.resolve("admin-service/data");
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(System.getenv("DIGIDIG_TESTED_IDENTITY") == null, "the suite runs elsewhere, and so do its scripts");
        Program.require("tar");
        Files.createDirectories(data.resolve("backups/requests"));
        Files.createDirectories(archives);
        Files.createDirectories(home);
        shell("cp -r '%s' '%s/'".formatted(Checkout.path("scripts"), home));
        Files.writeString(home.resolve("digidig"), STAND_IN);
        shell("chmod +x '%s/digidig'".formatted(home));
        for (Map.Entry<String, String> one : Map.of(SOME, "embedded", "digidig-backup-20251231T000000Z.tar", "compose")
                .entrySet()) {
            shell(
                    "cd '%s' && printf 'digidig-backup 1\\nmode %s\\nproject -\\nproduct 0.1.0\\n' >manifest && tar -cf '%s/%s' manifest"
                            .formatted(run, one.getValue(), archives, one.getKey()));
        }
        Files.createFile(archives.resolve("digidig-backup-of-mine.tar"));
        ProcessBuilder builder = new ProcessBuilder(home + "/scripts/backup-agent", "embedded")
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("agent.out").toFile());
        builder.environment()
                .putAll(Map.of("DIGIDIG_RUN_DIR", run.toString(), "DIGIDIG_BACKUPS_DIR", archives.toString()));
        agent = builder.start();
        Awaitility.await().until(() -> Files.exists(data.resolve("backups/state.json")));
    }

    @AfterEach
    void end() throws InterruptedException {
        if (agent != null) {
            agent.destroy();
            assertThat(agent.waitFor()).isNotZero();
        }
    }

    private static void shell(String command) throws IOException, InterruptedException {
        Program.Result result = Program.run(Duration.ofMinutes(1), "bash", "-c", command);
        assertThat(result.code()).as(result.toString()).isZero();
    }

    private JsonNode state() throws IOException {
        return json.readTree(Files.readString(data.resolve("backups/state.json")));
    }

    private Path ask(String request, String by) throws IOException {
        asked = Math.max(asked + 1, System.currentTimeMillis());
        Path whole = Files.writeString(data.resolve("backups/new"), request + "\n" + by + "\n");
        return Files.move(whole, data.resolve("backups/requests/" + asked));
    }

    private List<String> calls() throws IOException {
        return Files.exists(run.resolve("calls")) ? Files.readAllLines(run.resolve("calls")) : List.of();
    }

    /** The newest result, when there are so many. */
    private JsonNode result(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(data.resolve("backups/state.json"))
                        && state().path("results").size() == count
                        && state().path("running").isNull());
        try {
            return state().path("results").path(0);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void aBackupIsMadeVerifiedAndDeleted() throws IOException {
        assertThat(state().path("archives").size()).as("of this way to run").isEqualTo(1);
        assertThat(state().at("/archives/0/name").asString()).isEqualTo(SOME);
        assertThat(state().at("/archives/0/release").asString()).isEqualTo("0.1.0");
        ask("backup", "admin@digidig.test");
        JsonNode made = result(1);
        assertThat(made.path("archive").asString()).isEqualTo(MADE);
        assertThat(made.path("by").asString()).isEqualTo("admin@digidig.test");
        assertThat(made.path("outcome").asString()).isEqualTo("done");
        ask("verify " + MADE, "admin@digidig.test");
        assertThat(result(2).path("outcome").asString()).isEqualTo("done");
        assertThat(state().at("/archives/0/name").asString()).isEqualTo(MADE);
        assertThat(state().at("/archives/0/verifiedAt").asString()).endsWith("Z");
        assertThat(state().at("/archives/1/verifiedAt").asString()).isEmpty();
        ask("delete " + MADE, "admin@digidig.test");
        result(3);
        assertThat(archives.resolve(MADE)).doesNotExist();
        assertThat(archives.resolve(SOME)).exists();
        assertThat(calls()).containsExactly("backup " + archives, "verify " + archives.resolve(MADE));
    }

    @Test
    void theAnswerOutlivesTheRestoreAndOldRequestsDoNotComeBack() throws IOException {
        ask("restore " + SOME, "admin@digidig.test");
        JsonNode restored = result(1);
        assertThat(restored.path("verb").asString()).isEqualTo("restore");
        assertThat(restored.path("outcome").asString()).isEqualTo("done");
        assertThat(calls())
                .containsExactly("verify " + archives.resolve(SOME), "down", "restore " + archives.resolve(SOME), "up");
        Awaitility.await().until(() -> !Files.exists(data.resolve("backups/requests/1700000000000")));
        assertThat(archives.resolve(SOME)).exists();
        assertThat(state().path("results").size()).isEqualTo(1);
    }

    @Test
    void whatIsDamagedStopsNothing() throws IOException {
        Files.createFile(run.resolve("damaged"));
        ask("restore " + SOME, "admin@digidig.test");
        JsonNode refused = result(1);
        assertThat(refused.path("outcome").asString()).isEqualTo("failed");
        assertThat(refused.path("words").asString()).isEqualTo("refused: it is damaged \"here\"");
        assertThat(calls()).containsExactly("verify " + archives.resolve(SOME));
    }

    @Test
    void nothingElseIsDone() throws IOException {
        List<Path> refused = new ArrayList<>();
        for (String request : List.of(
                "delete ../run/calls",
                "delete " + run,
                "delete " + SOME + " " + SOME,
                "delete " + SOME + ";touch x",
                "delete digidig-backup-20200101T000000Z.tar",
                "delete",
                "backup " + SOME,
                "reset --yes",
                "$(touch x)",
                "",
                "verify " + "a".repeat(2000))) {
            refused.add(ask(request, "$(touch x)"));
        }
        Awaitility.await().until(() -> refused.stream().noneMatch(Files::exists));
        ask("verify " + SOME, "eve\"; x");
        assertThat(result(1).path("by").asString()).isEqualTo("-");
        assertThat(calls()).containsExactly("verify " + archives.resolve(SOME));
        assertThat(archives.resolve(SOME)).exists();
    }
}
