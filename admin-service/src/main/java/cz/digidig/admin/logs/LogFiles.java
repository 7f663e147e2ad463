package cz.digidig.admin.logs;

import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the ends of the log files, so much of each that a page is answered at once; older files are for programs. */
@Component
class LogFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);
    private static final int MOST_OCTETS = 8 * 1024 * 1024;
    private static final String SUFFIX = ".log";
    private static final Set<String> KNOWN = Set.of(
            "@timestamp",
            "@version",
            "message",
            "logger_name",
            "thread_name",
            "level",
            "level_value",
            "traceId",
            "spanId",
            "stack_trace",
            "tags");

    private final Path folder;
    private final JsonMapper json;

    LogFiles(ServiceProperties service, JsonMapper json) {
        this.folder = service.logsDir();
        this.json = json;
    }

    /** The services that have a log. */
    List<String> services() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            LOG.debug("the logs folder can't be read", unreadable);
            return List.of();
        }
    }

    /** What matches, the newest first. */
    List<LogLine> search(LogSearch search, int most) {
        List<LogLine> found = new ArrayList<>();
        for (String service : services()) {
            if (search.service().isEmpty() || search.service().equals(service)) {
                found.addAll(of(service, search, most));
            }
        }
        found.sort(Comparator.comparing(LogLine::at).reversed());
        return found.size() > most ? List.copyOf(found.subList(0, most)) : found;
    }

    /** All that belongs to these traces, the oldest first. */
    List<LogLine> ofTraces(Set<String> traces, int most) {
        List<LogLine> found = new ArrayList<>();
        for (String service : services()) {
            found.addAll(of(
                    service,
                    line -> traces.stream().anyMatch(line::contains),
                    line -> traces.contains(line.trace()),
                    most));
        }
        found.sort(Comparator.comparing(LogLine::at));
        return found;
    }

    private List<LogLine> of(String service, LogSearch search, int most) {
        return of(service, search::mayMatch, search::matches, most);
    }

    private List<LogLine> of(String service, Predicate<String> mayMatch, Predicate<LogLine> matches, int most) {
        List<LogLine> found = new ArrayList<>();
        List<String> lines = end(folder.resolve(service + SUFFIX));
        for (int i = lines.size() - 1; i >= 0 && found.size() < most; i--) {
            String line = lines.get(i);
            if (mayMatch.test(line)) {
                read(service, line).filter(matches).ifPresent(found::add);
            }
        }
        return found;
    }

    private static List<String> end(Path file) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long begin = Math.max(0, open.length() - MOST_OCTETS);
            byte[] octets = new byte[(int) (open.length() - begin)];
            open.seek(begin);
            int read = Math.max(0, open.read(octets));
            List<String> lines =
                    new String(octets, 0, read, StandardCharsets.UTF_8).lines().toList();
            return begin > 0 && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines;
        } catch (IOException unreadable) {
            LOG.debug("a log can't be read", unreadable);
            return List.of();
        }
    }

    private Optional<LogLine> read(String service, String line) {
        try {
            JsonNode event = json.readTree(line);
            Map<String, String> more = new LinkedHashMap<>();
            for (String name : event.propertyNames()) {
                if (!KNOWN.contains(name)) {
                    more.put(name, event.path(name).asString(event.path(name).toString()));
                }
            }
            return Optional.of(new LogLine(
                    time(event.path("@timestamp").asString("")),
                    service,
                    event.path("level").asString(""),
                    event.path("message").asString(""),
                    event.path("traceId").asString(""),
                    more,
                    event.path("stack_trace").asString("")));
        } catch (JacksonException | DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
