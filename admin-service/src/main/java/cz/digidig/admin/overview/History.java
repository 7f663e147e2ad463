package cz.digidig.admin.overview;

import cz.digidig.admin.configuration.AdminSettings;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The samples of the last days: in memory, and as lines of {@code mail-history.txt} in the data folder. A line is added every
 * minute; the file is written anew when it has twice as many lines as are kept. It is not needed for anything but charts, so
 * what can't be read is left out, and nothing is forced to disk.
 */
@Component
class History {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int MINUTES_A_DAY = 1440;

    private final Path file;
    private final ConfigurationStore<AdminSettings> settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private int lines;

    History(ServiceProperties service, ConfigurationStore<AdminSettings> settings) {
        this.file = service.dataDir().resolve("mail-history.txt");
        this.settings = settings;
        try {
            if (Files.exists(file)) {
                try (var all = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                    all.forEach(line -> {
                        lines++;
                        Sample.parse(line).ifPresent(samples::add);
                        trim();
                    });
                }
            }
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.warn("the history of the charts can't be read and begins anew: {}", unreadable.getMessage());
        }
    }

    private void trim() {
        while (samples.size() > settings.current().historyDays() * MINUTES_A_DAY) {
            samples.removeFirst();
        }
    }

    void add(Sample sample) {
        lock.lock();
        try {
            if (!samples.isEmpty() && samples.getLast().minute() >= sample.minute()) {
                return;
            }
            samples.add(sample);
            trim();
            write(sample);
        } finally {
            lock.unlock();
        }
    }

    private void write(Sample sample) {
        try {
            if (lines < 2 * samples.size() + MINUTES_A_DAY) {
                Files.writeString(file, sample.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                lines++;
                return;
            }
            Path fresh = file.resolveSibling("mail-history.new");
            Files.write(fresh, samples.stream().map(Sample::line).toList(), StandardCharsets.ISO_8859_1);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            lines = samples.size();
        } catch (IOException full) {
            LOG.warn("the history of the charts can't be written: {}", full.getMessage());
        }
    }

    /**
     * The last minutes, summed up to spans of equal length; minutes without a sample count as nothing.
     *
     * @param minutes how far back
     * @param span minutes that become one point
     * @param now the current minute
     */
    List<Sample> last(int minutes, int span, long now) {
        long first = (now - minutes) / span * span + span;
        List<Sample> points = new ArrayList<>();
        for (long minute = first; minute <= now; minute += span) {
            points.add(new Sample(minute, 0, 0, 0, 0, 0, 0));
        }
        lock.lock();
        try {
            for (Sample sample : samples) {
                int at = (int) ((sample.minute() - first) / span);
                if (sample.minute() >= first && at < points.size()) {
                    points.set(at, points.get(at).with(sample));
                }
            }
        } finally {
            lock.unlock();
        }
        return points;
    }
}
