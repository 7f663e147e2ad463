package cz.digidig.common.config;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service's configuration: {@code <service>_config.json} in its data folder, changed over REST without a restart. A
 * file that can't be read, or whose values are not allowed, is kept aside and the last good version is used. Fields that this
 * release does not know are passed over, with a warning.
 *
 * @param <T> the configuration, an immutable record with validation annotations; nested records need {@code @Valid}
 */
public final class ConfigurationStore<T extends Record> {
    /** What stands for a secret where a configuration is shown. */
    public static final String MASK = Secrets.MASK;

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationStore.class);

    private final Class<T> type;
    private final ConfigurationJson<T> json;
    private final ConfigurationFiles files;
    private final List<ChangeListener<T>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> afterwards = new CopyOnWriteArrayList<>();
    private final ReentrantLock changing = new ReentrantLock();
    private volatile T current;
    private volatile @Nullable String trouble;
    private volatile List<String> lostSecrets = List.of();
    private volatile @Nullable JsonNode schema;

    ConfigurationStore(
            Path folder,
            String name,
            Class<T> type,
            T defaults,
            JsonMapper mapper,
            Validator validator,
            Clock clock,
            FileStep.Watch watch) {
        this.type = type;
        ConfigurationKey key = new ConfigurationKey(folder, name, clock, watch);
        this.json = new ConfigurationJson<>(mapper, validator, type, defaults, key);
        this.files = new ConfigurationFiles(folder, name, clock, watch);
        this.current = defaults;
        try {
            files.read().ifPresent(this::load);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(files.name() + " can't be read", unreadable);
        }
    }

    private void load(String text) {
        try {
            List<String> unknown = new ArrayList<>();
            use(json.read(text, unknown::add));
            if (!unknown.isEmpty()) {
                LOG.warn(
                        "{} has fields that this release does not know: {}. They are without effect, and go with the next"
                                + " change",
                        files.name(),
                        String.join(", ", unknown));
                trouble = "the configuration file has fields that this release does not know; they are without effect";
            }
        } catch (ProblemException | InvalidFields bad) {
            recover(String.valueOf(bad.getMessage()));
        }
    }

    private void use(ConfigurationJson.Saved<T> saved) {
        current = saved.configuration();
        lostSecrets = saved.lost();
        if (!lostSecrets.isEmpty()) {
            LOG.error("{}: the key for {} is lost or another one; give them anew", files.name(), lostSecrets);
        }
    }

    private void recover(String why) {
        try {
            Path aside = files.setAside();
            LOG.error("{} could not be used and is kept as {}: {}", files.name(), aside.getFileName(), why);
            trouble = "the configuration file could not be used and is kept as " + aside.getFileName()
                    + "; an earlier version is in effect";
            for (ConfigurationVersion version : files.versions()) {
                Optional<String> text = files.read(version.id());
                Optional<ConfigurationJson.Saved<T>> good = text.flatMap(this::readable);
                if (text.isPresent() && good.isPresent()) {
                    use(good.get());
                    files.save(text.get(), version.changedBy());
                    LOG.warn("the configuration of {} is in use", version.savedAt());
                    return;
                }
            }
            LOG.warn("no earlier configuration is there: the defaults are in use");
        } catch (IOException failed) {
            throw new UncheckedIOException(files.name() + " can't be kept aside", failed);
        }
    }

    private Optional<ConfigurationJson.Saved<T>> readable(String text) {
        try {
            return Optional.of(json.read(text, _ -> {}));
        } catch (ProblemException | InvalidFields _) {
            return Optional.empty();
        }
    }

    /** What is in effect. */
    public T current() {
        return current;
    }

    /** What administrators should know of, in words that everybody may see; empty: all is well. */
    public Optional<String> trouble() {
        String known = trouble;
        if (known == null && !lostSecrets.isEmpty()) {
            known = "the key for secrets of the configuration is lost; give them anew: "
                    + String.join(", ", lostSecrets);
        }
        return Optional.ofNullable(known);
    }

    /** The places of secrets that can't be decrypted; they are empty until they are given anew. */
    List<String> lostSecrets() {
        return lostSecrets;
    }

    public void onChange(ChangeListener<T> listener) {
        listeners.add(listener);
    }

    /** Who is told when a change is in effect and saved; must not fail. */
    public void afterChange(Runnable listener) {
        afterwards.add(listener);
    }

    /** The current configuration's, for {@code If-Match}. */
    public String etag() {
        return json.etag(current);
    }

    /** The configuration in effect, its secrets masked. */
    JsonNode tree() {
        return json.shown(current);
    }

    /** Made once: it takes tens of milliseconds, and nothing in it changes while the service runs. */
    JsonNode schema() {
        JsonNode known = schema;
        if (known == null) {
            known = ConfigurationSchema.of(type, json.defaults());
            schema = known;
        }
        return known;
    }

    List<ConfigurationVersion> history() throws IOException {
        return files.versions();
    }

    Optional<String> version(String id) throws IOException {
        return files.read(id).flatMap(json::shown);
    }

    /** The version that is in effect; empty: the defaults, or a file that nobody saved here. */
    Optional<ConfigurationVersion> lastChange() throws IOException {
        return files.versions().stream().filter(ConfigurationVersion::inEffect).findFirst();
    }

    /**
     * Replaces the whole.
     *
     * @param ifMatch the ETag that the caller knows; null: whatever is there
     * @param by who changes it, for the history
     * @throws ProblemException 400 malformed, 409 refused by a listener, 412 changed meanwhile
     * @throws InvalidFields 422
     */
    public T replace(String text, @Nullable String ifMatch, String by) throws IOException {
        return change(before -> json.replacement(before, text), ifMatch, by);
    }

    /** Changes some fields by a JSON merge patch (RFC 7396); otherwise as {@link #replace}. */
    public T patch(String text, @Nullable String ifMatch, String by) throws IOException {
        return change(before -> json.patch(before, text), ifMatch, by);
    }

    /**
     * Goes back to an earlier version; otherwise as {@link #replace}.
     *
     * @throws ProblemException 404 there is no such version
     * @throws InvalidFields 422: also where a secret of that version can't be decrypted any more
     */
    T restore(String version, @Nullable String ifMatch, String by) throws IOException {
        String text = files.read(version)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such version"));
        return change(
                _ -> {
                    ConfigurationJson.Saved<T> saved = json.read(text, _ -> {});
                    if (!saved.lost().isEmpty()) {
                        throw new InvalidFields(saved.lost().stream()
                                .map(place -> new FieldProblem(place, "the key for this secret is lost"))
                                .toList());
                    }
                    return saved.configuration();
                },
                ifMatch,
                by);
    }

    private T change(UnaryOperator<T> edit, @Nullable String ifMatch, String by) throws IOException {
        changing.lock();
        try {
            T before = current;
            if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(json.etag(before))) {
                throw new ProblemException(
                        ErrorCode.CHANGED_MEANWHILE, "the configuration was changed since you read it");
            }
            T after = edit.apply(before);
            if (after.equals(before)) {
                return before;
            }
            List<ChangeListener<T>> told = new ArrayList<>();
            try {
                for (ChangeListener<T> listener : listeners) {
                    listener.onChange(before, after);
                    told.add(listener);
                }
                files.save(json.text(after), by);
            } catch (ChangeRefused refused) {
                undo(told, after, before);
                throw new ProblemException(ErrorCode.CONFLICT, String.valueOf(refused.getMessage()));
            } catch (IOException | RuntimeException failed) {
                undo(told, after, before);
                throw failed;
            }
            current = after;
            trouble = null;
            lostSecrets = lostSecrets.stream()
                    .filter(place -> json.empty(after, place))
                    .toList();
            afterwards.forEach(Runnable::run);
            return after;
        } finally {
            changing.unlock();
        }
    }

    private void undo(List<ChangeListener<T>> told, T after, T before) {
        for (ChangeListener<T> listener : told.reversed()) {
            try {
                listener.onChange(after, before);
            } catch (RuntimeException failed) {
                LOG.atError().setCause(failed).log("a configuration change could not be undone");
            }
        }
    }
}
