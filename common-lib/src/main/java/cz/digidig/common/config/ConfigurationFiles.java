package cz.digidig.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a configuration and its history beside it. A save is complete or has not happened. Of each version the
 * history has the text, and in a file of its own who saved it.
 */
final class ConfigurationFiles {
    /** How many saved versions are kept. */
    static final int MOST_KEPT = 20;

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String SUFFIX = ".json";
    private static final String AUTHOR = ".by";

    private final Path file;
    private final Path history;
    private final Clock clock;
    private final DurableFile disk;

    ConfigurationFiles(Path folder, String name, Clock clock, FileStep.Watch watch) {
        this.file = folder.resolve(name + "_config.json");
        this.history = folder.resolve("config-history");
        this.clock = clock;
        this.disk = new DurableFile(watch);
    }

    String name() {
        return String.valueOf(file.getFileName());
    }

    /** Empty: there is no file. */
    Optional<String> read() throws IOException {
        return read(file);
    }

    private static Optional<String> read(Path path) throws IOException {
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /**
     * Saves.
     *
     * @param by who, for the history
     * @throws IOException it was not saved: the file is what it was
     */
    void save(String text, String by) throws IOException {
        Files.createDirectories(history);
        String id = STAMP.format(clock.instant());
        disk.write(history.resolve(id + AUTHOR), by);
        disk.write(history.resolve(id + SUFFIX), text);
        Optional<String> former = read();
        try {
            disk.write(file, text);
        } catch (IOException failed) {
            putBack(former);
            throw failed;
        }
        try {
            prune();
        } catch (IOException failed) {
            LOG.atWarn().setCause(failed).log("old versions of {} can't be deleted", name());
        }
    }

    /** What failed may have come as far as the new name. */
    private void putBack(Optional<String> former) throws IOException {
        if (former.isEmpty()) {
            Files.deleteIfExists(file);
        } else if (!former.equals(read())) {
            disk.write(file, former.get());
        }
    }

    private void prune() throws IOException {
        List<String> kept = ids().stream()
                .sorted(Comparator.reverseOrder())
                .limit(MOST_KEPT)
                .toList();
        List<Path> all;
        try (Stream<Path> files = Files.list(history)) {
            all = files.toList();
        }
        for (Path path : all) {
            String name = String.valueOf(path.getFileName());
            int end = name.indexOf(name.endsWith(AUTHOR) ? AUTHOR : SUFFIX);
            if (end > 0 && instant(name.substring(0, end)).isPresent() && !kept.contains(name.substring(0, end))) {
                disk.delete(path);
            }
        }
    }

    /** Moves an unreadable file out of the way; its new name. */
    Path setAside() throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + STAMP.format(clock.instant()));
        return Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> ids() throws IOException {
        if (!Files.isDirectory(history)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(history)) {
            return files.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(id -> instant(id).isPresent())
                    .toList();
        }
    }

    /** Saved versions, the newest first. */
    List<ConfigurationVersion> versions() throws IOException {
        Optional<String> now = read();
        boolean found = false;
        List<ConfigurationVersion> versions = new ArrayList<>();
        for (String id : ids().stream().sorted(Comparator.reverseOrder()).toList()) {
            Optional<Instant> at = instant(id);
            if (at.isPresent()) {
                boolean inEffect = !found && now.isPresent() && now.equals(read(history.resolve(id + SUFFIX)));
                found |= inEffect;
                String by = read(history.resolve(id + AUTHOR)).orElse("");
                versions.add(new ConfigurationVersion(id, at.get(), by, inEffect));
            }
        }
        return versions;
    }

    private static Optional<Instant> instant(String id) {
        try {
            return Optional.of(STAMP.parse(id, Instant::from));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Empty: there is no such version. */
    Optional<String> read(String id) throws IOException {
        return instant(id).isEmpty() ? Optional.empty() : read(history.resolve(id + SUFFIX));
    }
}
