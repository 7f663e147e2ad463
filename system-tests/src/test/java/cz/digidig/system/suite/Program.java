package cz.digidig.system.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of the machine to their end. */
public final class Program {
    private Program() {}

    /**
     * How a program ended.
     *
     * @param code its exit code
     * @param output standard output as octets, standard error apart
     * @param errors standard error as text
     */
    public record Result(int code, byte[] output, String errors) {
        public String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "exit code " + code + "\n" + text() + "\n" + errors;
        }
    }

    /** Skips the test, naming the program, where this machine does not have it. */
    public static void require(String name) {
        assumeTrue(isInstalled(name), name + " is not installed on this machine");
    }

    private static boolean isInstalled(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    public static Result run(Duration limit, String... command) throws IOException, InterruptedException {
        return run(limit, Map.of(), command);
    }

    /**
     * Runs a command with nothing on its standard input.
     *
     * @throws IOException if it can't be started, or did not end in time and was killed
     */
    public static Result run(Duration limit, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        // Files and not pipes: what a daemon inherits can't keep us waiting, and nothing fills up.
        Path output = Files.createTempFile("program", ".out");
        Path errors = Files.createTempFile("program", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command))
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException(command[0] + " did not end within " + limit + ": " + Files.readString(output)
                        + Files.readString(errors));
            }
            return new Result(process.exitValue(), Files.readAllBytes(output), Files.readString(errors));
        } finally {
            delete(output);
            delete(errors);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
