package cz.digidig.storage.sweep;

import com.mongodb.MongoException;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.health.StatsSource;
import cz.digidig.storage.settings.StorageSettings;
import cz.digidig.storage.sweep.Sweep.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sweeps from time to time. The first time comes soon after the start, for a service that never runs for long. */
@Component
final class SweepSchedule implements StatsSource {
    private static final Logger log = LoggerFactory.getLogger(SweepSchedule.class);

    private final Sweep sweep;
    private final ConfigurationStore<StorageSettings> settings;
    private final Clock clock;
    private volatile Figures last = new Figures(null, 0, Outcome.NOTHING);

    /**
     * The last sweep.
     *
     * @param ended when; null: none yet
     * @param seconds how long it took
     * @param deleted what it deleted
     */
    record Figures(@Nullable Instant ended, long seconds, Outcome deleted) {}

    SweepSchedule(Sweep sweep, ConfigurationStore<StorageSettings> settings, Clock clock) {
        this.sweep = sweep;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1M")
    void sweepIfDue() {
        StorageSettings.Sweep wanted = settings.current().sweep();
        Instant ended = last.ended();
        Instant begin = clock.instant();
        if (ended != null && begin.isBefore(ended.plus(wanted.every()))) {
            return;
        }
        try {
            Outcome outcome = sweep.run(wanted.grace());
            Duration took = Duration.between(begin, clock.instant());
            last = new Figures(clock.instant(), took.toSeconds(), outcome);
            log.info(
                    "Swept in {} s: deleted {} mailboxes, {} messages, {} blobs, {} delivery records",
                    took.toSeconds(),
                    outcome.mailboxes(),
                    outcome.messages(),
                    outcome.blobs(),
                    outcome.deliveries());
        } catch (MongoException e) {
            log.warn("A sweep was given up: {}", e.getMessage());
        }
    }

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public Record stats() {
        return last;
    }
}
