package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Program;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./digidig backup} while mail flows, everything deleted, {@code ./digidig restore}. */
@ExtendWith(SuiteExtension.class)
class BackupIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SENDERS = 20;

    private final Suite suite;
    private final Path folder;

    BackupIT(Suite suite, @TempDir Path folder) {
        suite.requireOwn();
        this.suite = suite;
        this.folder = folder;
    }

    @Test
    void whatWasAcceptedBeforeTheBackupIsThereOnceAfterTheRestore() throws IOException, InterruptedException {
        List<Account> recipients = suite.newAccounts(5);
        Set<String> accepted;
        try (Load load = new Load(suite, recipients, SENDERS, Duration.ofMillis(50))) {
            load.awaitMore(200);
            accepted = load.accepted();
            succeed("backup", folder.toString());
            load.awaitMore(50);
        }
        Path archive = onlyFileOf(folder);
        assertRefused("runs: ./digidig down", archive);
        succeed("down");
        try {
            assertRefusedUnchanged("checksum", flipped(archive));
            assertRefusedUnchanged("no backup of DIGiDIG", Files.writeString(folder.resolve("foreign"), "a letter"));
            succeed("reset", "--yes");
            succeed("restore", archive.toString());
        } finally {
            // Other tests use this suite after this one, however it ended.
            suite.up();
        }
        assertThat(suite.rest(Service.IDENTITY, suite.admin())
                        .get("/api/accounts?q=" + recipients.getFirst().address())
                        .text())
                .contains(recipients.getFirst().address());
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(
                        Load.notOnce(accepted, Load.found(suite, recipients)))
                .as("of %d accepted before the backup", accepted.size())
                .isEmpty());
    }

    private void succeed(String... arguments) throws IOException, InterruptedException {
        Program.Result result = suite.digidig(arguments);
        assertThat(result.code()).as(result.toString()).isZero();
    }

    private void assertRefused(String why, Path archive) throws IOException, InterruptedException {
        Program.Result result = suite.digidig("restore", archive.toString());
        assertThat(result.code()).as(result.toString()).isNotZero();
        assertThat(result.errors().lines().toList()).singleElement().asString().contains(why);
    }

    private void assertRefusedUnchanged(String why, Path archive) throws IOException, InterruptedException {
        Set<String> before = files();
        assertRefused(why, archive);
        Set<String> after = files();
        assertThat(after).hasSameSizeAs(before);
        after.removeAll(before);
        assertThat(after).isEmpty();
    }

    /** Name, size and time of change of all files in the run folder, without the lock, which is no data. */
    private Set<String> files() throws IOException {
        Set<String> files = new TreeSet<>();
        Files.walkFileTree(suite.runFolder(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.endsWith("lock")) {
                    files.add(file + " " + attributes.size() + " " + attributes.lastModifiedTime());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private Path flipped(Path archive) throws IOException {
        byte[] octets = Files.readAllBytes(archive);
        octets[octets.length / 2] ^= 1;
        return Files.write(folder.resolve("flipped.tar"), octets);
    }

    private static Path onlyFileOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).singleElement().asString().endsWith("Z.tar");
            return all.getFirst();
        }
    }
}
