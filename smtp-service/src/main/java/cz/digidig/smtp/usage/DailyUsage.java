package cz.digidig.smtp.usage;

import cz.digidig.common.config.DurableFile;
import cz.digidig.smtp.settings.Submission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what accounts send, and together those of a domain that has a limit. An account's day begins with a message
 * and ends 24 hours later.
 */
public final class DailyUsage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DailyUsage.class);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration BETWEEN_SAVES = Duration.ofSeconds(2);

    private final Path file;
    private final Clock clock;
    private final ConcurrentHashMap<String, Day> days = new ConcurrentHashMap<>();
    private final ReentrantLock saving = new ReentrantLock();
    private final Condition closing = saving.newCondition();
    private final AtomicBoolean changed = new AtomicBoolean();
    private boolean closed;

    /** An account's day: its beginning in milliseconds of the epoch, and what was sent since. */
    private record Day(long began, long messages, long recipients) {
        Day plus(int moreMessages, int moreRecipients) {
            return new Day(began, Math.max(0, messages + moreMessages), Math.max(0, recipients + moreRecipients));
        }

        boolean over(long now) {
            return now - began >= DAY.toMillis() || now < began;
        }

        Instant resets() {
            return Instant.ofEpochMilli(began).plus(DAY);
        }
    }

    /** What was taken, and whose; to be given back where nothing was sent after all. */
    public record Taken(List<String> of, int recipients) {
        public Taken {
            of = List.copyOf(of);
        }
    }

    /** Whether one may send. */
    public sealed interface Answer {
        /** It may, and is counted. */
        record Granted(Taken taken) implements Answer {}

        /** Not before a time. */
        record Exhausted(Instant resets) implements Answer {}
    }

    /**
     * Goes on with what a file says.
     *
     * @param file where counts are kept; made when there is something to keep
     */
    public DailyUsage(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        read();
    }

    /** When one more message with so many recipients may be sent; empty: now. */
    public Optional<Instant> exhausted(Sender sender, int recipients, Submission limits) {
        Optional<Instant> own = exhausted(sender.account(), recipients, limits);
        return own.isPresent() || sender.domainMessages() == 0
                ? own
                : exhausted(sender.domainKey(), recipients, sender.domainLimits());
    }

    private Optional<Instant> exhausted(String account, int recipients, Submission limits) {
        Day day = days.get(account);
        if (day == null || day.over(clock.millis()) || fits(day.plus(1, recipients), limits)) {
            return Optional.empty();
        }
        return Optional.of(day.resets());
    }

    private static boolean fits(Day day, Submission limits) {
        return (limits.dailyMessages() == 0 || day.messages() <= limits.dailyMessages())
                && (limits.dailyRecipients() == 0 || day.recipients() <= limits.dailyRecipients());
    }

    /** Counts a message where it still fits in: for the account, and for its domain where that has a limit. */
    public Answer take(Sender sender, int recipients, Submission limits) {
        Answer own = take(sender.account(), recipients, limits);
        if (!(own instanceof Answer.Granted granted) || sender.domainMessages() == 0) {
            return own;
        }
        return switch (take(sender.domainKey(), recipients, sender.domainLimits())) {
            case Answer.Exhausted exhausted -> {
                giveBack(granted.taken());
                yield exhausted;
            }
            case Answer.Granted _ ->
                new Answer.Granted(new Taken(List.of(sender.account(), sender.domainKey()), recipients));
        };
    }

    private Answer take(String account, int recipients, Submission limits) {
        long now = clock.millis();
        boolean[] granted = new boolean[1];
        Day day = days.compute(account, (_, known) -> {
            Day current = known == null || known.over(now) ? new Day(now, 0, 0) : known;
            Day next = current.plus(1, recipients);
            granted[0] = fits(next, limits);
            return granted[0] ? next : current;
        });
        if (!granted[0]) {
            return new Answer.Exhausted(day.resets());
        }
        saveSoon();
        return new Answer.Granted(new Taken(List.of(account), recipients));
    }

    /** Nothing was sent after all. */
    public void giveBack(Taken taken) {
        taken.of().forEach(one -> days.computeIfPresent(one, (_, day) -> day.plus(-1, -taken.recipients())));
        saveSoon();
    }

    private void saveSoon() {
        if (changed.compareAndSet(false, true)) {
            Thread.ofVirtual().name("daily-usage").start(this::saveLater);
        }
    }

    /** After a while, in which more may change; closing does it at once. */
    private void saveLater() {
        saving.lock();
        try {
            long left = BETWEEN_SAVES.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            if (!closed) {
                save();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            saving.unlock();
        }
    }

    /** Under the lock. */
    private void save() {
        try {
            changed.set(false);
            long now = clock.millis();
            days.values().removeIf(day -> day.over(now));
            StringBuilder lines = new StringBuilder();
            days.forEach((account, day) -> lines.append(day.began())
                    .append(' ')
                    .append(day.messages())
                    .append(' ')
                    .append(day.recipients())
                    .append(' ')
                    .append(account)
                    .append('\n'));
            DurableFile.writing().write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            LOG.atWarn().setCause(failed).log("what accounts have sent today can't be saved");
        }
    }

    private void read() {
        try {
            if (Files.exists(file)) {
                Files.readAllLines(file, StandardCharsets.UTF_8).forEach(this::read);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // Better a day that begins anew than no mail at all.
            LOG.atWarn().setCause(unreadable).log("what accounts have sent today can't be read; counting begins anew");
        }
    }

    private void read(String line) {
        String[] parts = line.split(" ", 4);
        if (parts.length == 4) {
            days.put(parts[3], new Day(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        }
    }

    /** Saves what is not saved yet. */
    @Override
    public void close() {
        saving.lock();
        try {
            closed = true;
            closing.signalAll();
            if (changed.get()) {
                save();
            }
        } finally {
            saving.unlock();
        }
    }
}
