package cz.digidig.client.preferences;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.common.config.DurableFile;
import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Everybody's preferences: a small file for each account, {@code preferences/<account>.json} in the data folder. */
@Component
public class PreferencesStore {
    private static final Logger LOG = LoggerFactory.getLogger(PreferencesStore.class);
    private static final int MOST_CACHED = 1000;

    private final Path folder;
    private final JsonMapper json;
    private final Cache<String, Preferences> known =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();
    private final ReentrantLock writing = new ReentrantLock();

    PreferencesStore(ServiceProperties service, JsonMapper json) {
        this.folder = service.dataDir().resolve("preferences");
        // A newer release may have written more than this one knows.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    public Preferences of(String account) {
        return known.get(account, this::read);
    }

    private Path file(String account) {
        if (!account.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("not an account's id");
        }
        return folder.resolve(account + ".json");
    }

    private Preferences read(String account) {
        try {
            return json.readValue(Files.readString(file(account)), Preferences.class);
        } catch (NoSuchFileException none) {
            return Preferences.DEFAULTS;
        } catch (IOException | JacksonException unreadable) {
            LOG.warn("the preferences of {} can't be read, the usual ones hold: {}", account, unreadable.getMessage());
            return Preferences.DEFAULTS;
        }
    }

    /** Changes them; they are on disk when this returns. */
    public Preferences change(String account, UnaryOperator<Preferences> change) {
        writing.lock();
        try {
            Preferences wanted = change.apply(of(account));
            Files.createDirectories(folder);
            DurableFile.writing().write(file(account), json.writeValueAsString(wanted));
            known.put(account, wanted);
            return wanted;
        } catch (IOException failed) {
            throw new UncheckedIOException("the preferences can't be written", failed);
        } finally {
            writing.unlock();
        }
    }
}
