package cz.digidig.client.imports;

import cz.digidig.client.backend.PersonalToken;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.files.AccountFiles;
import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everybody's imports: one at a time for each person, two at a time altogether. How one ended is kept in
 * {@code imports/<account>.json}; one that is said there to run but does not was broken off by a restart. Uploads lie in
 * {@code uploads} while they are read.
 */
@Component
class Imports implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
    private static final int AT_ONCE = 2;
    /** Those that run and those that wait, each with its upload on disk. */
    private static final int MOST = 8;

    private final Storage storage;
    private final ImportProperties limits;
    private final Clock clock;
    private final AccountFiles<Progress> records;
    private final Path uploads;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Map<String, Running> all = new ConcurrentHashMap<>();
    private volatile boolean running;

    Imports(Storage storage, ImportProperties limits, ServiceProperties service, JsonMapper json, Clock clock) {
        this.storage = storage;
        this.limits = limits;
        this.clock = clock;
        this.records =
                new AccountFiles<>(service.dataDir().resolve("imports"), json, clock, Progress.class, Progress.NONE);
        this.uploads = service.dataDir().resolve("uploads").toAbsolutePath();
    }

    private record Running(Import one, Thread thread, Path upload) {}

    /** Why one was not begun. */
    enum Refused {
        ANOTHER_RUNS,
        TOO_MANY
    }

    /** A new folder for files that are to be imported; it goes when they were. */
    Path room() throws IOException {
        Files.createDirectories(uploads);
        return Files.createTempDirectory(uploads, "import");
    }

    /** Begins one; empty. Otherwise why not, and its files are gone. */
    Optional<Refused> start(String account, String token, Plan plan, Path upload) {
        Import one =
                new Import(plan, token, storage, limits, clock, progress -> records.change(account, _ -> progress));
        Thread thread = Thread.ofVirtual().name("import").unstarted(() -> {
            try {
                PersonalToken.with(one::token, () -> {
                    one.run(turns);
                    return one;
                });
            } finally {
                all.remove(account);
                delete(upload);
            }
        });
        Running wanted = new Running(one, thread, upload);
        boolean full = all.size() >= MOST || !running;
        if (full || all.putIfAbsent(account, wanted) != null) {
            delete(upload);
            return Optional.of(full ? Refused.TOO_MANY : Refused.ANOTHER_RUNS);
        }
        records.change(account, _ -> one.progress());
        thread.start();
        return Optional.empty();
    }

    /** How far a person's import is, or how the last one ended. */
    Progress of(String account) {
        Running one = all.get(account);
        if (one != null) {
            return one.one().progress();
        }
        Progress last = records.of(account);
        return last.active() ? last.brokenOff() : last;
    }

    /** The person is here, with a valid token. */
    void renew(String account, String token) {
        Running one = all.get(account);
        if (one != null) {
            one.one().renew(token);
        }
    }

    void cancel(String account) {
        Running one = all.get(account);
        if (one != null) {
            one.one().cancel();
        }
    }

    /** Forgets how the last one ended. */
    void forget(String account) {
        if (!all.containsKey(account)) {
            records.change(account, _ -> Progress.NONE);
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> within = Files.walk(folder)) {
            for (Path path : within.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            LOG.warn("an upload can't be removed: {}", left.getMessage());
        }
    }

    /** What a service that was killed left behind is of no use. */
    @Override
    public void start() {
        try {
            Files.createDirectories(uploads);
            try (Stream<Path> left = Files.list(uploads)) {
                left.toList().forEach(Imports::delete);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the folder for uploads can't be used", failed);
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        List<Running> left = List.copyOf(all.values());
        left.forEach(one -> one.one().breakOff());
        for (Running one : left) {
            try {
                one.thread().join(Duration.ofSeconds(8));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Before the first upload comes, and until after the last one. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
