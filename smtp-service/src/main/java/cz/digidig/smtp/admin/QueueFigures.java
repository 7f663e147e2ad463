package cz.digidig.smtp.admin;

import cz.digidig.common.health.StatsSource;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.TargetState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What waits, by domain and age. Counted at most every five seconds. */
@Component
class QueueFigures implements StatsSource {
    private static final int MOST_DOMAINS = 20;
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final Spool spool;
    private final Clock clock = Clock.systemUTC();
    private final ReentrantLock counting = new ReentrantLock();
    private @Nullable Counted last;

    private record Counted(Figures figures, long at) {}

    QueueFigures(Spool spool) {
        this.spool = spool;
    }

    /**
     * What waits.
     *
     * @param messages how many
     * @param held destinations that an administrator holds
     * @param deferred destinations that were tried in vain
     * @param ages messages by how long they wait
     * @param domains those that most destinations wait for
     */
    record Figures(int messages, long held, long deferred, Ages ages, List<Domain> domains) {}

    /** Messages by how long they wait. */
    record Ages(long under5Minutes, long under1Hour, long under1Day, long older) {}

    /**
     * One domain.
     *
     * @param domain the part behind the at sign
     * @param destinations how many wait for it
     * @param oldestSeconds how long the oldest of them waits
     */
    record Domain(String domain, long destinations, long oldestSeconds) {}

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public Record stats() {
        counting.lock();
        try {
            Counted known = last;
            if (known == null || System.nanoTime() - known.at() > KEPT.toNanos()) {
                known = new Counted(new Count(clock.instant()).of(spool), System.nanoTime());
                last = known;
            }
            return known.figures();
        } finally {
            counting.unlock();
        }
    }

    /** One walk through the queue. */
    private static final class Count {
        private final Instant now;
        private final Map<String, Domain> domains = new HashMap<>();
        private final long[] ages = new long[4];
        private int messages;
        private long held;
        private long deferred;

        Count(Instant now) {
            this.now = now;
        }

        Figures of(Spool spool) {
            spool.messages().forEach(this::add);
            List<Domain> most = domains.values().stream()
                    .sorted(Comparator.comparingLong(Domain::destinations).reversed())
                    .limit(MOST_DOMAINS)
                    .toList();
            return new Figures(messages, held, deferred, new Ages(ages[0], ages[1], ages[2], ages[3]), most);
        }

        private void add(QueuedMessage message) {
            messages++;
            long seconds = Math.max(
                    0, Duration.between(message.envelope().received(), now).toSeconds());
            ages[seconds < 300 ? 0 : seconds < 3600 ? 1 : seconds < 86_400 ? 2 : 3]++;
            boolean ignored = message.anyOpen((destination, state) -> {
                add(destination, state, seconds);
                return false;
            });
            assert !ignored;
        }

        private void add(Destination destination, TargetState state, long seconds) {
            held += state.status() == TargetState.Status.HELD ? 1 : 0;
            deferred += state.pending() && !state.diagnostic().isEmpty() ? 1 : 0;
            String address = destination.target().text();
            String domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
            domains.merge(
                    domain,
                    new Domain(domain, 1, seconds),
                    (one, other) -> new Domain(
                            domain,
                            one.destinations() + other.destinations(),
                            Math.max(one.oldestSeconds(), other.oldestSeconds())));
        }
    }
}
