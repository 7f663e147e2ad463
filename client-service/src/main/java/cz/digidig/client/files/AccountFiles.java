package cz.digidig.client.files;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.common.config.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A value for each account, in a file of its own: {@code <folder>/<account>.json}, written whole and forced to disk. */
public final class AccountFiles<T> {
    private static final Logger LOG = LoggerFactory.getLogger(AccountFiles.class);
    private static final int MOST_CACHED = 1000;

    private final Path folder;
    private final JsonMapper json;
    private final Clock clock;
    private final Class<T> type;
    private final T usual;
    private final Cache<String, T> known =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * Files in a folder.
     *
     * @param usual what holds for an account without a file
     */
    public AccountFiles(Path folder, JsonMapper json, Clock clock, Class<T> type, T usual) {
        this.folder = folder;
        // A newer release may have written more than this one knows.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.clock = clock;
        this.type = type;
        this.usual = usual;
    }

    public T of(String account) {
        return known.get(account, this::read);
    }

    private Path file(String account) {
        if (!account.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("not an account's id");
        }
        return folder.resolve(account + ".json");
    }

    private T read(String account) {
        Path file = file(account);
        try {
            return json.readValue(Files.readString(file), type);
        } catch (NoSuchFileException none) {
            return usual;
        } catch (IOException | JacksonException unreadable) {
            LOG.warn("{} can't be read, it is kept aside: {}", file, unreadable.getMessage());
            keepAside(file);
            return usual;
        }
    }

    private void keepAside(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".corrupt-" + clock.millis()));
        } catch (IOException failed) {
            throw new UncheckedIOException("an unreadable file can't be kept aside", failed);
        }
    }

    /** Changes a value; it is on disk when this returns. */
    public T change(String account, UnaryOperator<T> change) {
        writing.lock();
        try {
            T wanted = change.apply(of(account));
            Files.createDirectories(folder);
            DurableFile.writing().write(file(account), json.writeValueAsString(wanted));
            known.put(account, wanted);
            return wanted;
        } catch (IOException failed) {
            throw new UncheckedIOException("a file in the data folder can't be written", failed);
        } finally {
            writing.unlock();
        }
    }
}
