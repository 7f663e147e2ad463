package cz.digidig.smtp.delivery;

import cz.digidig.smtp.spool.Attempt;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.TargetState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from an attempt: a report of what failed, then the record in the spool, then a line in the log. */
public final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final Spool spool;
    private final FailureReports reports;
    private final Clock clock;
    private final Timer delivered;

    public Settlement(Spool spool, FailureReports reports, Clock clock, MeterRegistry registry) {
        this.spool = spool;
        this.reports = reports;
        this.clock = clock;
        this.delivered = Timer.builder("digidig.smtp.delivered")
                .description("from acceptance to the mailbox or the other server, of each destination")
                .register(registry);
    }

    void settle(QueuedMessage message, Map<Integer, TargetState> states, List<Attempt> attempts) {
        if (states.isEmpty()) {
            return;
        }
        Map<Integer, TargetState> settled = new HashMap<>(states);
        List<Destination> failed = message.destinations().stream()
                .filter(destination -> failed(states.get(destination.index())))
                .toList();
        if (!failed.isEmpty() && !reports.report(message, failed, states)) {
            // Nobody could be told yet: the failure counts when that is done.
            long again = clock.millis() + A_WHILE.toMillis();
            for (Destination destination : failed) {
                TargetState former = message.state(destination.index());
                settled.put(
                        destination.index(),
                        new TargetState(
                                TargetState.Status.PENDING, former.attempts(), again, "the sender is to be told"));
            }
        }
        spool.record(message, settled, attempts);
        log(message, settled);
    }

    private static boolean failed(@Nullable TargetState state) {
        return state != null && state.status() == TargetState.Status.FAILED;
    }

    private void log(QueuedMessage message, Map<Integer, TargetState> settled) {
        long millis = clock.millis() - message.envelope().received().toEpochMilli();
        settled.forEach((index, state) -> {
            if (state.status() == TargetState.Status.DELIVERED) {
                delivered.record(millis, TimeUnit.MILLISECONDS);
            }
            LOG.atInfo()
                    .addKeyValue("queueId", message.id())
                    .addKeyValue("traceId", message.envelope().trace())
                    .addKeyValue(
                            "to", message.destinations().get(index).target().text())
                    .log(
                            "message {} {} after {} ms {}",
                            message.id(),
                            state.status(),
                            millis,
                            state.diagnostic().replace('\n', ' '));
        });
    }
}
