package cz.digidig.storage.index;

import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.DependencyState;
import cz.digidig.common.health.HealthStatus;
import cz.digidig.common.health.StatsSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The search index in health, figures and metrics. Without it searches are slower, and right. */
final class IndexHealth implements DependencyCheck, StatsSource {
    private final IndexKeeper keeper;
    private final IndexThread thread;
    private final ChangedMailboxes changed;

    IndexHealth(IndexKeeper keeper, IndexThread thread, ChangedMailboxes changed, MeterRegistry registry) {
        this.keeper = keeper;
        this.thread = thread;
        this.changed = changed;
        Gauge.builder("digidig.storage.index.messages", this, IndexHealth::messages)
                .description("messages in the search index")
                .register(registry);
        Gauge.builder("digidig.storage.index.bytes", this, IndexHealth::bytes)
                .description("octets of the search index on disk")
                .register(registry);
        Gauge.builder("digidig.storage.index.waiting", this, IndexHealth::waiting)
                .description("mailboxes that changed and are not in the search index as they are")
                .register(registry);
        Gauge.builder("digidig.storage.index.lag.seconds", this, IndexHealth::lagSeconds)
                .description("how long the first of them waits")
                .register(registry);
    }

    /**
     * The search index in figures.
     *
     * @param messages in it
     * @param bytes octets on disk
     * @param waiting mailboxes that changed and were not looked at yet
     * @param lagSeconds how long the first of them waits
     * @param indexed messages looked at since the start
     */
    record Figures(long messages, long bytes, int waiting, long lagSeconds, long indexed) {}

    @Override
    public String name() {
        return "search-index";
    }

    @Override
    public HealthStatus without() {
        return HealthStatus.DEGRADED;
    }

    @Override
    public DependencyState check() {
        String trouble = keeper.trouble();
        if (thread.isRunning() && !trouble.isEmpty() && thread.tried()) {
            return DependencyState.degraded("searches read every message: " + trouble);
        }
        int waiting = waiting();
        String state = !thread.walked()
                ? "being compared with the mailboxes"
                : waiting > 0 ? "behind with " + waiting + " mailboxes" : "up to date";
        return new DependencyState(HealthStatus.UP, messages() + " messages, " + state);
    }

    /** One that is being looked at counts. */
    private int waiting() {
        return changed.size() + (thread.working() > 0 ? 1 : 0);
    }

    private long messages() {
        return keeper.current().map(IndexHealth::messages).orElse(0L);
    }

    private static long messages(SearchIndex index) {
        try {
            return index.look(IndexContents::messages);
        } catch (IOException | RuntimeException closing) {
            return 0;
        }
    }

    private long bytes() {
        try {
            SearchIndex index = keeper.current().orElse(null);
            return index == null ? 0 : index.size();
        } catch (IOException | RuntimeException closing) {
            return 0;
        }
    }

    private long lagSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(Math.max(changed.oldest(), thread.working()));
    }

    @Override
    public Record stats() {
        return new Figures(messages(), bytes(), waiting(), lagSeconds(), thread.indexed());
    }
}
