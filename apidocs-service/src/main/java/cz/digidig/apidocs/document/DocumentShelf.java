package cz.digidig.apidocs.document;

import cz.digidig.apidocs.configuration.ApidocsSettings;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every version of every document that was seen, as files {@code documents/<service>/<first seen>.json} in the data folder; a
 * file's time is when its version was last seen. Without the folder all is fetched anew, and only the past is lost.
 */
@Component
public class DocumentShelf {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentShelf.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final List<String> services;
    private final ConfigurationStore<ApidocsSettings> settings;
    private final JsonMapper json;
    private final Map<String, ApiDocument> newest = new ConcurrentHashMap<>();
    private final AtomicLong revision = new AtomicLong();

    DocumentShelf(
            ServiceProperties service,
            ApidocsProperties properties,
            ConfigurationStore<ApidocsSettings> settings,
            JsonMapper json) {
        this.folder = service.dataDir().resolve("documents");
        this.services = List.copyOf(properties.services().keySet());
        this.settings = settings;
        this.json = json;
        for (String name : services) {
            ids(name).stream()
                    .map(id -> read(name, id))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(document -> newest.put(name, document));
        }
    }

    /** Grows with every new version, so that what is made from the documents can be kept until then. */
    public long revision() {
        return revision.get();
    }

    /** The newest document of each service that ever gave one, in the order of the settings. */
    public List<ApiDocument> newest() {
        return services.stream()
                .map(newest::get)
                .filter(document -> document != null)
                .toList();
    }

    public Optional<ApiDocument> newest(String service) {
        return Optional.ofNullable(newest.get(service));
    }

    /** All versions of a service's document, the newest first. */
    public List<ApiDocument> versions(String service) {
        return services.contains(service)
                ? ids(service).stream()
                        .map(id -> read(service, id))
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    /** One version; empty when there is none by this id. */
    public Optional<ApiDocument> version(String service, String id) {
        return services.contains(service) && ids(service).contains(id) ? read(service, id) : Optional.empty();
    }

    /** Keeps what a service just gave out: a new version, or the newest seen once more. */
    synchronized void put(String service, JsonNode content, Instant now) {
        ApiDocument before = newest.get(service);
        try {
            if (before != null && before.content().equals(content) && Files.exists(file(service, before.id()))) {
                Files.setLastModifiedTime(file(service, before.id()), FileTime.from(now));
                newest.put(service, new ApiDocument(service, before.id(), before.firstSeen(), now, content));
                return;
            }
            String id = NAME.format(now);
            Path target = file(service, id);
            Files.createDirectories(target.getParent());
            Path temporary = target.resolveSibling(target.getFileName() + ".new");
            Files.write(temporary, json.writeValueAsBytes(content));
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(target, FileTime.from(now));
            newest.put(service, new ApiDocument(service, id, now, now, content));
            revision.incrementAndGet();
            prune(service);
        } catch (IOException full) {
            // Shown all the same; kept at the next look.
            newest.put(service, new ApiDocument(service, NAME.format(now), now, now, content));
            revision.incrementAndGet();
            LOG.warn("the document of {} can't be kept: {}", service, full.getMessage());
        }
    }

    private void prune(String service) throws IOException {
        List<String> ids = ids(service);
        for (String old : ids.subList(Math.min(ids.size(), settings.current().versionsKept()), ids.size())) {
            Files.deleteIfExists(file(service, old));
        }
    }

    private Path file(String service, String id) {
        return folder.resolve(service).resolve(id + SUFFIX);
    }

    private List<String> ids(String service) {
        try (Stream<Path> files = Files.list(folder.resolve(service))) {
            List<String> ids =
                    new ArrayList<>(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(SUFFIX))
                            .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                            .toList());
            ids.sort(Comparator.reverseOrder());
            return ids;
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.warn("the documents of {} can't be listed: {}", service, unreadable.getMessage());
            return List.of();
        }
    }

    private Optional<ApiDocument> read(String service, String id) {
        Path file = file(service, id);
        try {
            Instant firstSeen = NAME.parse(id, Instant::from);
            Instant lastSeen = Files.getLastModifiedTime(file).toInstant();
            return Optional.of(
                    new ApiDocument(service, id, firstSeen, lastSeen, json.readTree(Files.readAllBytes(file))));
        } catch (IOException | JacksonException | DateTimeParseException unreadable) {
            LOG.warn("{} is passed over: {}", file.getFileName(), unreadable.getMessage());
            return Optional.empty();
        }
    }
}
