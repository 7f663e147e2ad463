package cz.digidig.smtp.delivery;

import cz.digidig.smtp.settings.RetryLimits;
import cz.digidig.smtp.spool.Attempt;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.TargetState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what is put into mailboxes when. */
public final class DeliveryScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryScheduler.class);
    private static final Duration FIRST_OUTAGE_PAUSE = Duration.ofMillis(500);
    private static final Duration AFTER_NO_ANSWER = Duration.ofMillis(500);
    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Spool spool;
    private final LocalDelivery local;
    private final Settlement settlement;
    private final DeliveryGate gate;
    private final DeliveryProperties properties;
    private final Clock clock;
    private final DelayQueue<Due> queue = new DelayQueue<>();
    private volatile boolean stopping;
    private volatile boolean outage;
    private volatile Thread dispatcher = Thread.ofVirtual().unstarted(() -> {});

    /**
     * Delivers nothing yet.
     *
     * @param retry as it is now
     */
    public DeliveryScheduler(
            Spool spool,
            MessageStore store,
            Settlement settlement,
            DeliveryProperties properties,
            Supplier<RetryLimits> retry,
            Clock clock) {
        this.spool = spool;
        this.properties = properties;
        this.clock = clock;
        this.local = new LocalDelivery(spool, store, retry, clock);
        this.gate = new DeliveryGate(properties, clock);
        this.settlement = settlement;
    }

    /** A message was accepted. */
    public void accepted(QueuedMessage message) {
        gate.accepted();
        schedule(message);
    }

    /** Begins to deliver what is scheduled. */
    public void start() {
        dispatcher = Thread.ofVirtual().name("delivery").start(this::dispatchAll);
    }

    /** Whether storage did not answer at the last attempt. */
    public boolean outage() {
        return outage;
    }

    /** Looks at a message that an earlier run left, or whose state somebody else changed. */
    public void schedule(QueuedMessage message) {
        nextAttempt(message).ifPresent(at -> queue.add(new Due(message, at, clock)));
    }

    /** Nothing of a message waits any more, long before it would have been due: it is not to be kept until then. */
    public void forget(QueuedMessage message) {
        queue.removeIf(due -> due.message() == message);
    }

    /** When something of it is due; empty where nothing but outside destinations waits. */
    private OptionalLong nextAttempt(QueuedMessage message) {
        return message.pending().stream()
                .filter(destination -> !destination.target().elsewhere())
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
            settlement.settle(message, attempt.states(), tried(attempt.states()));
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

    /** What storage said, as it is kept of attempts. */
    private List<Attempt> tried(Map<Integer, TargetState> states) {
        Instant now = clock.instant();
        return states.entrySet().stream()
                .map(entry -> new Attempt(
                        entry.getKey(),
                        now,
                        switch (entry.getValue().status()) {
                            case DELIVERED -> Attempt.Result.DELIVERED;
                            case FAILED -> Attempt.Result.REFUSED;
                            case PENDING, HELD -> Attempt.Result.DEFERRED;
                        },
                        entry.getValue().diagnostic()))
                .toList();
    }

    private void postpone(QueuedMessage message) {
        Map<Integer, TargetState> later = new HashMap<>();
        long again = clock.millis() + A_WHILE.toMillis();
        for (Destination destination : message.pending()) {
            if (destination.target().elsewhere()) {
                continue;
            }
            TargetState state = message.state(destination.index());
            later.put(
                    destination.index(),
                    new TargetState(TargetState.Status.PENDING, state.attempts(), again, "an unexpected failure"));
        }
        spool.record(message, later, List.of());
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
