package cz.digidig.smtp.policy;

import cz.digidig.common.config.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What DMARC found, counted by day (UTC), for the reports that domains ask for: a file {@code <day>.json} for each day,
 * replaced whole every minute in which something was counted, and at the end. A crash costs that minute's counts.
 */
public final class DmarcCounts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DmarcCounts.class);
    private static final int MOST_ROWS = 20_000;
    private static final int DAYS_KEPT = 30;
    private static final long BETWEEN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock saving = new ReentrantLock();
    private final Map<DmarcRow, Long> rows = new HashMap<>();
    private LocalDate day;
    private long uncounted;
    private boolean changed;
    private long savedAt = System.nanoTime();

    /** A row and how many messages it stands for. */
    record Counted(DmarcRow row, long count) {}

    /**
     * A day's file.
     *
     * @param uncounted messages whose row found no room
     */
    record Day(String day, List<Counted> rows, long uncounted) {
        Day {
            rows = List.copyOf(rows);
        }
    }

    /** Goes on with what an earlier run counted today. */
    public DmarcCounts(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.day = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        Day read = read(day);
        read.rows().forEach(counted -> rows.put(counted.row(), counted.count()));
        this.uncounted = read.uncounted();
    }

    void add(DmarcRow row) {
        boolean due;
        lock.lock();
        try {
            LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
            if (!today.equals(day)) {
                Day over = snapshot();
                Thread.startVirtualThread(() -> write(over));
                rows.clear();
                uncounted = 0;
                day = today;
            }
            if (rows.containsKey(row) || rows.size() < MOST_ROWS) {
                rows.merge(row, 1L, Long::sum);
            } else {
                uncounted++;
            }
            changed = true;
            due = System.nanoTime() - savedAt > BETWEEN_NANOS;
            if (due) {
                savedAt = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
        if (due) {
            Thread.startVirtualThread(this::save);
        }
    }

    private Day snapshot() {
        List<Counted> counted = new ArrayList<>(rows.size());
        rows.forEach((row, count) -> counted.add(new Counted(row, count)));
        return new Day(day.toString(), counted, uncounted);
    }

    private void save() {
        Day now;
        lock.lock();
        try {
            if (!changed) {
                return;
            }
            changed = false;
            now = snapshot();
        } finally {
            lock.unlock();
        }
        write(now);
    }

    /** What was counted on a day; empty where nothing was, or its file can't be read. */
    Day read(LocalDate of) {
        Path file = folder.resolve(of + SUFFIX);
        try {
            if (Files.exists(file)) {
                return json.readValue(Files.readAllBytes(file), Day.class);
            }
        } catch (IOException | JacksonException damaged) {
            LOG.atWarn().setCause(damaged).log("the DMARC counts of {} can't be read", of);
        }
        return new Day(of.toString(), List.of(), 0);
    }

    private void write(Day of) {
        saving.lock();
        try {
            Files.createDirectories(folder);
            DurableFile.writing().write(folder.resolve(of.day() + SUFFIX), json.writeValueAsBytes(of));
            sweep(LocalDate.parse(of.day()).minusDays(DAYS_KEPT));
        } catch (IOException failed) {
            LOG.atWarn().setCause(failed).log("the DMARC counts of {} can't be saved", of.day());
        } finally {
            saving.unlock();
        }
    }

    private void sweep(LocalDate before) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX) && isOlder(name.substring(0, name.length() - SUFFIX.length()), before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isOlder(String name, LocalDate before) {
        try {
            return LocalDate.parse(name).isBefore(before);
        } catch (DateTimeParseException notOurs) {
            return false;
        }
    }

    @Override
    public void close() {
        save();
    }
}
