package cz.digidig.smtp.admin;

import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.DependencyState;
import cz.digidig.common.health.HealthStatus;
import cz.digidig.common.health.StatsSource;
import cz.digidig.smtp.delivery.DeliveryScheduler;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolStatus;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The spool in health, figures and metrics. */
@Component
class SpoolHealth implements DependencyCheck, StatsSource {
    private final Spool spool;
    private final DeliveryScheduler deliveries;
    private final Clock clock = Clock.systemUTC();

    SpoolHealth(Spool spool, DeliveryScheduler deliveries, MeterRegistry registry) {
        this.spool = spool;
        this.deliveries = deliveries;
        Gauge.builder("digidig.smtp.spool.messages", spool, it -> it.status().messages())
                .description("messages that wait")
                .register(registry);
        Gauge.builder("digidig.smtp.spool.outbound", spool, it -> it.status().outbound())
                .description("destinations elsewhere that wait")
                .register(registry);
        Gauge.builder("digidig.smtp.spool.oldest.seconds", this, SpoolHealth::oldestSeconds)
                .description("how long the oldest message waits")
                .register(registry);
        FunctionTimer.builder(
                        "digidig.smtp.spool.force",
                        spool,
                        it -> it.status().forces(),
                        it -> it.status().forcedNanos(),
                        TimeUnit.NANOSECONDS)
                .description("forces of the spool's journal to disk")
                .register(registry);
    }

    /**
     * The spool in figures.
     *
     * @param messages how many wait
     * @param outbound destinations elsewhere that wait
     * @param oldestSeconds how long the oldest message waits
     * @param forces how often the journal was forced to disk
     * @param forcedRecords how many records those forces carried
     * @param forceMillis how long one force takes on average
     */
    record Figures(
            int messages, long outbound, long oldestSeconds, long forces, long forcedRecords, double forceMillis) {}

    @Override
    public String name() {
        return "spool";
    }

    @Override
    public HealthStatus without() {
        return HealthStatus.DOWN;
    }

    @Override
    public DependencyState check() {
        SpoolStatus status = spool.status();
        String detail = status.messages() + " messages wait, oldest " + oldestSeconds() + " s; " + status.outbound()
                + " destinations are elsewhere";
        if (!status.accepting()) {
            return DependencyState.down("no room, or a damaged spool: nothing is accepted; " + detail);
        }
        if (status.reading()) {
            return DependencyState.degraded("what an earlier run left is being read");
        }
        return deliveries.outage()
                ? DependencyState.degraded("storage does not answer; " + detail)
                : new DependencyState(HealthStatus.UP, detail);
    }

    @Override
    public Record stats() {
        SpoolStatus status = spool.status();
        return new Figures(
                status.messages(),
                status.outbound(),
                oldestSeconds(),
                status.forces(),
                status.forcedRecords(),
                status.forces() == 0 ? 0 : status.forcedNanos() / 1e6 / status.forces());
    }

    private long oldestSeconds() {
        return Math.max(
                0, Duration.between(spool.status().oldest(), clock.instant()).toSeconds());
    }
}
