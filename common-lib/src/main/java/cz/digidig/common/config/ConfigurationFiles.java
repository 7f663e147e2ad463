package cz.digidig.common.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The file of a configuration and its history beside it. A save is complete or has not happened. */
final class ConfigurationFiles {
    /** How many saved versions are kept. */
    static final int MOST_KEPT = 20;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String SUFFIX = ".json";

    private final Path file;
    private final Path history;
    private final Clock clock;

    ConfigurationFiles(Path folder, String name, Clock clock) {
        this.file = folder.resolve(name + "_config.json");
        this.history = folder.resolve("config-history");
        this.clock = clock;
    }

    String name() {
        return String.valueOf(file.getFileName());
    }

    /** Empty: there is no file. */
    Optional<String> read() throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    void save(String text) throws IOException {
        Files.createDirectories(history);
        write(history.resolve(STAMP.format(clock.instant()) + SUFFIX), text);
        write(file, text);
        for (ConfigurationVersion old : versions().stream().skip(MOST_KEPT).toList()) {
            Files.deleteIfExists(history.resolve(old.id() + SUFFIX));
        }
    }

    /** Temporary file, its octets forced, then its name, then the folder forced. */
    private static void write(Path target, String text) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path temporary = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Moves an unreadable file out of the way; its new name. */
    Path setAside() throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + STAMP.format(clock.instant()));
        return Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Saved versions, the newest first. */
    List<ConfigurationVersion> versions() throws IOException {
        if (!Files.isDirectory(history)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(history)) {
            return files.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .flatMap(id -> version(id).stream())
                    .sorted(Comparator.comparing(ConfigurationVersion::savedAt).reversed())
                    .toList();
        }
    }

    private static Optional<ConfigurationVersion> version(String id) {
        try {
            return Optional.of(new ConfigurationVersion(id, STAMP.parse(id, Instant::from)));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Empty: there is no such version. */
    Optional<String> read(String id) throws IOException {
        if (version(id).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(history.resolve(id + SUFFIX)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}
