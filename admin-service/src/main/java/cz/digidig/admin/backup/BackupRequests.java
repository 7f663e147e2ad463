package cz.digidig.admin.backup;

import cz.digidig.common.config.DurableFile;
import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The meeting place with the agent. One request at a time: another is taken when the agent has answered, or when the
 * one that waits was withdrawn.
 */
@Component
class BackupRequests {
    private static final Logger LOG = LoggerFactory.getLogger(BackupRequests.class);
    private static final int MOST_STATE = 1024 * 1024;
    private static final int MOST_REQUEST = 1024;

    private final Path requests;
    private final Path state;
    private final JsonMapper json;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    @Autowired
    BackupRequests(ServiceProperties service, JsonMapper json) {
        this(service.dataDir(), json, Clock.systemUTC());
    }

    BackupRequests(Path data, JsonMapper json, Clock clock) {
        this.requests = data.resolve("backups/requests");
        this.state = data.resolve("backups/state.json");
        this.json = json;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** What the agent last told; empty: it was never here. */
    Optional<AgentState> state() {
        try (InputStream stream = Files.newInputStream(state)) {
            return AgentState.of(json.readTree(stream.readNBytes(MOST_STATE)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            LOG.warn("what the backup agent tells can't be read: {}", unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** The request that the agent has not taken yet. */
    Optional<Request> waiting() {
        for (Path file : files()) {
            try (InputStream stream = Files.newInputStream(file)) {
                List<String> lines = new String(stream.readNBytes(MOST_REQUEST), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                String[] words =
                        lines.isEmpty() ? new String[] {""} : lines.getFirst().split(" ", 2);
                Optional<Verb> verb = Verb.of(words[0]);
                if (verb.isPresent()) {
                    return Optional.of(new Request(
                            verb.get(),
                            words.length > 1 ? words[1] : "",
                            lines.size() > 1 ? lines.get(1) : "",
                            Instant.ofEpochMilli(
                                    Long.parseLong(file.getFileName().toString()))));
                }
            } catch (NoSuchFileException _) {
                // The agent has taken it.
            } catch (IOException unreadable) {
                LOG.warn("the request {} can't be read: {}", file, unreadable.getMessage());
            }
        }
        return Optional.empty();
    }

    private List<Path> files() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(
                requests, file -> file.getFileName().toString().matches("\\d{13}"))) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            files.sort(null);
            return files;
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException unreadable) {
            LOG.warn("the requests for backups can't be read: {}", unreadable.getMessage());
            return List.of();
        }
    }

    /**
     * Asks the agent.
     *
     * @param archive the archive that is meant; empty for a backup
     * @param by the address of who asks
     * @return false: another request waits or is being done
     * @throws IOException it could not be written
     */
    boolean ask(Verb verb, String archive, String by) throws IOException {
        lock.lock();
        try {
            if (waiting().isPresent()
                    || state().filter(told -> told.running() != null).isPresent()) {
                return false;
            }
            Files.createDirectories(requests);
            DurableFile.writing()
                    .write(
                            requests.resolve("%013d".formatted(clock.millis())),
                            (verb.key() + " " + archive).strip() + "\n" + by + "\n");
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what the agent has not taken yet. */
    void withdraw() throws IOException {
        lock.lock();
        try {
            for (Path file : files()) {
                Files.deleteIfExists(file);
            }
        } finally {
            lock.unlock();
        }
    }
}
