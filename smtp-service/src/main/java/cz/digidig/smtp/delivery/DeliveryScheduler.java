package cz.digidig.smtp.delivery;

import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.spool.TargetState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what is delivered when. */
public final class DeliveryScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryScheduler.class);
    private static final Duration FIRST_OUTAGE_PAUSE = Duration.ofMillis(500);
    private static final Duration AFTER_NO_ANSWER = Duration.ofMillis(500);
    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Spool spool;
    private final LocalDelivery local;
    private final FailureReports reports;
    private final DeliveryGate gate;
    private final DeliveryProperties properties;
    private final Clock clock;
    private final Timer delivered;
    private final DelayQueue<Due> queue = new DelayQueue<>();
    private volatile boolean stopping;
    private volatile boolean outage;
    private volatile Thread dispatcher = Thread.ofVirtual().unstarted(() -> {});

    /** A message and when it is to be looked at, milliseconds of the epoch. */
    private record Due(QueuedMessage message, long at, Clock clock) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - clock.millis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return other instanceof Due due
                    ? Long.compare(at, due.at)
                    : Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }

    public DeliveryScheduler(
            Spool spool,
            MessageStore store,
            FailureReports reports,
            DeliveryProperties properties,
            Clock clock,
            MeterRegistry registry) {
        this.spool = spool;
        this.reports = reports;
        this.properties = properties;
        this.clock = clock;
        this.local = new LocalDelivery(spool, store, properties, clock);
        this.gate = new DeliveryGate(properties, clock);
        this.delivered = Timer.builder("digidig.smtp.delivered")
                .description("from acceptance to the mailbox, of each message")
                .register(registry);
    }

    /** Begins with what the spool holds, and hears of everything that it accepts from now on. */
    public void start() {
        spool.onAccepted(message -> {
            gate.accepted();
            schedule(message);
        });
        spool.messages().forEach(this::schedule);
        dispatcher = Thread.ofVirtual().name("delivery").start(this::dispatchAll);
    }

    /** Whether storage did not answer at the last attempt. */
    public boolean outage() {
        return outage;
    }

    private void schedule(QueuedMessage message) {
        nextAttempt(message).ifPresent(at -> queue.add(new Due(message, at, clock)));
    }

    /** When something of it is due; empty where nothing but outside destinations waits. */
    private OptionalLong nextAttempt(QueuedMessage message) {
        return message.pending().stream()
                .filter(destination -> destination.target() instanceof Target.Local)
                .mapToLong(destination -> {
                    long at = message.state(destination.index()).nextAttempt();
                    return at == 0 ? message.envelope().received().toEpochMilli() : at;
                })
                .min();
    }

    private void dispatchAll() {
        Duration pause = FIRST_OUTAGE_PAUSE;
        try {
            while (!stopping) {
                Due due = queue.poll(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                if (due == null) {
                    continue;
                }
                gate.enter(due.at());
                if (!outage) {
                    pause = FIRST_OUTAGE_PAUSE;
                    Thread.ofVirtual().name("deliver-" + due.message().id()).start(() -> deliver(due));
                } else {
                    // Alone: finds out whether storage is back.
                    deliver(due);
                    if (outage && !stopping) {
                        LockSupport.parkNanos(pause.toNanos());
                        Duration doubled = pause.multipliedBy(2);
                        pause = doubled.compareTo(properties.outageLongestPause()) > 0
                                ? properties.outageLongestPause()
                                : doubled;
                    }
                }
            }
        } catch (InterruptedException _) {
            LOG.debug("deliveries end");
        }
    }

    private void deliver(Due due) {
        QueuedMessage message = due.message();
        boolean unanswered = false;
        try {
            LocalDelivery.Attempt attempt = local.attempt(message);
            unanswered = attempt.outage();
            if (attempt.outage() != outage) {
                outage = attempt.outage();
                LOG.warn(outage ? "storage does not answer; mail waits in the spool" : "storage answers again");
            }
            settle(message, attempt.states());
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("queueId", message.id()).log("a delivery failed unexpectedly");
            postpone(message);
        } finally {
            gate.leave();
        }
        if (unanswered) {
            // Behind the others: what makes storage stumble must not be what always finds out whether it is back.
            queue.add(new Due(message, clock.millis() + AFTER_NO_ANSWER.toMillis(), clock));
        } else {
            schedule(message);
        }
    }

    private void settle(QueuedMessage message, Map<Integer, TargetState> states) {
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
        spool.record(message, settled);
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
                    .log("message {} {} after {} ms {}", message.id(), state.status(), millis, state.diagnostic());
        });
    }

    private void postpone(QueuedMessage message) {
        Map<Integer, TargetState> later = new HashMap<>();
        long again = clock.millis() + A_WHILE.toMillis();
        for (Destination destination : message.pending()) {
            TargetState state = message.state(destination.index());
            later.put(
                    destination.index(),
                    new TargetState(TargetState.Status.PENDING, state.attempts(), again, "an unexpected failure"));
        }
        spool.record(message, later);
    }

    /** Lets running deliveries end, for a while. */
    @Override
    public void close() {
        stopping = true;
        // Not by an interrupt: that would close the segment that is being read.
        LockSupport.unpark(dispatcher);
        try {
            if (!gate.awaitIdle(GRACE)) {
                LOG.info("deliveries are cut off; the next start repeats them");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
