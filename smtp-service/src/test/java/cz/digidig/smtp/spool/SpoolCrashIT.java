package cz.digidig.smtp.spool;

import static cz.digidig.smtp.spool.SampleMail.local;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolCrashIT {
    private static final int WRITERS = 10;
    private static final int KILLS = 5;
    private static final int ACCEPTED_BEFORE_KILL = 400;

    @TempDir
    Path folder;

    /** Accepts as fast as it can and says so on its standard output, until it is killed. */
    public static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Spool spool = Spool.open(settings(Path.of(arguments[0])), Clock.systemUTC());
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                Thread.ofPlatform().start(() -> acceptForEver(spool, number));
            }
        }

        private static void acceptForEver(Spool spool, int writer) {
            try {
                for (int i = 0; ; i++) {
                    QueuedMessage message =
                            SampleMail.accept(spool, SampleMail.text(i, 500 + i % 5000), local("w" + writer));
                    synchronized (System.out) {
                        System.out.println(message.id());
                        System.out.flush();
                    }
                }
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    private static SpoolSettings settings(Path folder) {
        return new SpoolSettings(folder, 512 * 1024, 4 * 1024, 1024 * 1024, 0, Long.MAX_VALUE);
    }

    @Test
    void whatWasAcknowledgedBeforeAKillIsThere() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(runAndKill());
        }
        try (Spool spool = Spool.open(settings(folder), Clock.systemUTC())) {
            Set<String> found = spool.messages().stream()
                    .map(message -> message.id().toString())
                    .collect(Collectors.toSet());
            assertThat(found).containsAll(acknowledged);
            assertThat(found.size()).isLessThanOrEqualTo(acknowledged.size() + KILLS * WRITERS);
        }
    }

    private List<String> runAndKill() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> ids = new ArrayList<>();
        try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
            String line = out.readLine();
            while (line != null) {
                if (line.matches("[0-9A-Z]{8,10}")) {
                    ids.add(line);
                }
                if (ids.size() == ACCEPTED_BEFORE_KILL) {
                    child.toHandle().destroyForcibly(); // Process#destroyForcibly would close the stream too
                }
                line = out.readLine();
            }
        }
        child.waitFor();
        assertThat(ids).hasSizeGreaterThanOrEqualTo(ACCEPTED_BEFORE_KILL);
        return ids;
    }
}
