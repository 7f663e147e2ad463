package cz.digidig.smtp.submission;

import cz.digidig.common.config.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers given under idempotency keys, a small file each, for 24 hours. One is written before the message is handed
 * to the spool: a crash between the two leaves an answer whose message the spool does not have, and that one does not
 * count.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(30);

    private final Path folder;
    private final Clock clock;
    private final JsonMapper json;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicLong sweptAt = new AtomicLong(Long.MIN_VALUE / 2);

    /**
     * What is kept.
     *
     * @param request the digest of what was asked
     * @param taken whether the spool was seen to have it
     * @param answer what was answered, or will be once the spool has it
     */
    record Kept(String request, boolean taken, Submitted answer) {}

    Answers(Path folder, Clock clock, JsonMapper json) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.json = json;
        Files.createDirectories(folder);
    }

    /** The name of an account's key. */
    static String name(String account, String key) {
        return digest((account + "\0" + key).getBytes(StandardCharsets.UTF_8));
    }

    static String digest(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** Begins a request; false: the same key is being worked on. */
    boolean begin(String name) {
        return underWay.add(name);
    }

    void end(String name) {
        underWay.remove(name);
    }

    /** What was answered under a key within 24 hours. */
    Optional<Kept> find(String name) throws IOException {
        sweep();
        Path file = file(name);
        try {
            if (expired(file)) {
                return Optional.empty();
            }
            return Optional.of(json.readValue(Files.readAllBytes(file), Kept.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JacksonException damaged) {
            LOG.atWarn().setCause(damaged).log("a kept answer can't be read and is dropped");
            Files.deleteIfExists(file);
            return Optional.empty();
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }

    private boolean expired(Path file) throws IOException {
        Instant made = Files.getLastModifiedTime(file).toInstant();
        return made.plus(KEPT).isBefore(clock.instant());
    }

    /** Keeps an answer; when this returns, it survives a crash. */
    void keep(String name, Kept kept) throws IOException {
        DurableFile.writing().write(file(name), json.writeValueAsBytes(kept));
    }

    void forget(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    private void sweep() throws IOException {
        long now = clock.millis();
        long last = sweptAt.get();
        if (now - last < BETWEEN_SWEEPS.toMillis() || !sweptAt.compareAndSet(last, now)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (expired(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException swept) {
            LOG.debug("another request swept the kept answers meanwhile");
        }
    }
}
