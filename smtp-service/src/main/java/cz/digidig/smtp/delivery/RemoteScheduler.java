package cz.digidig.smtp.delivery;

import cz.digidig.smtp.client.Outcome;
import cz.digidig.smtp.client.SmtpClient;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.routing.MailRouting;
import cz.digidig.smtp.settings.DomainLimits;
import cz.digidig.smtp.settings.OutboundLimits;
import cz.digidig.smtp.settings.RetryLimits;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.TargetState;
import cz.digidig.smtp.spool.TargetState.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what is sent to other servers when. A destination is leased while an attempt for it waits or runs. */
public final class RemoteScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteScheduler.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Of another server's words that are kept and reported. */
    private static final int LONGEST_TEXT = 3900;

    private final RemoteDelivery delivery;
    private final SmtpClient client;
    private final FailureReports reports;
    private final Settlement settlement;
    private final Supplier<OutboundLimits> limits;
    private final Supplier<RetryLimits> retry;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Lanes lanes;
    private final DelayQueue<Due> queue = new DelayQueue<>();
    /** Of each message, when its next look is due. */
    private final ConcurrentHashMap<QueueId, Long> planned = new ConcurrentHashMap<>();

    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    private record Lease(QueueId message, int destination) {}

    /**
     * Sends nothing yet.
     *
     * @param limits as they are now
     * @param retry the same
     * @param domains those of one way of mail (a domain, or the address of a smart host), as they are now
     */
    public RemoteScheduler(
            Spool spool,
            MailRouting routing,
            SmtpClient client,
            SigningKeys keys,
            FailureReports reports,
            Settlement settlement,
            Supplier<OutboundLimits> limits,
            Supplier<RetryLimits> retry,
            Function<String, DomainLimits> domains,
            Clock clock,
            MeterRegistry registry) {
        this.delivery = new RemoteDelivery(spool, routing, client, new OutgoingFields(spool, keys, clock), clock);
        this.client = client;
        this.reports = reports;
        this.settlement = settlement;
        this.limits = limits;
        this.retry = retry;
        this.clock = clock;
        this.registry = registry;
        this.lanes = new Lanes(() -> limits.get().concurrency(), domains);
    }

    /** Begins to send what is scheduled. */
    public void start() {
        Thread.ofVirtual().name("outbound").start(this::dispatchAll);
    }

    /** Looks at a message that is new, or whose state somebody changed. */
    public void schedule(QueuedMessage message) {
        nextAttempt(message)
                .ifPresent(at -> planned.compute(message.id(), (_, sooner) -> {
                    if (sooner != null && sooner <= at) {
                        return sooner;
                    }
                    queue.add(new Due(message, at, clock));
                    return at;
                }));
    }

    /** Nothing of a message waits any more, long before it would have been due: it is not to be kept until then. */
    public void forget(QueuedMessage message) {
        planned.remove(message.id());
        queue.removeIf(due -> due.message() == message);
    }

    /** When something of it is due; empty where nothing for elsewhere waits that is not under way. */
    private OptionalLong nextAttempt(QueuedMessage message) {
        return waiting(message).stream()
                .mapToLong(destination -> message.state(destination.index()).nextAttempt())
                .min();
    }

    private List<Destination> waiting(QueuedMessage message) {
        return message.pending().stream()
                .filter(destination -> destination.target().elsewhere())
                .filter(destination -> !leases.contains(new Lease(message.id(), destination.index())))
                .toList();
    }

    private void dispatchAll() {
        try {
            while (!stopping) {
                Due due = queue.poll(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                // One that another has replaced is not in the plan any more.
                if (due != null && planned.remove(due.message().id(), due.at())) {
                    dispatch(due.message());
                }
            }
        } catch (InterruptedException _) {
            LOG.debug("outbound deliveries end");
        }
    }

    /** Leases what is due, one job for each way that it goes; the rest comes up again in its time. */
    private void dispatch(QueuedMessage message) {
        long now = clock.millis();
        Map<String, List<Destination>> ways = new LinkedHashMap<>();
        for (Destination destination : waiting(message)) {
            if (message.state(destination.index()).nextAttempt() <= now) {
                ways.computeIfAbsent(delivery.way(message, destination), _ -> new ArrayList<>())
                        .add(destination);
            }
        }
        ways.forEach((way, destinations) -> {
            int most = limits.get().recipients();
            for (int from = 0; from < destinations.size(); from += most) {
                List<Destination> some =
                        List.copyOf(destinations.subList(from, Math.min(destinations.size(), from + most)));
                some.forEach(destination -> leases.add(new Lease(message.id(), destination.index())));
                lanes.submit(way, () -> deliver(message, some));
            }
        });
        schedule(message);
    }

    private void deliver(QueuedMessage message, List<Destination> leased) {
        try {
            // Somebody may have removed it while it waited for its turn.
            List<Destination> destinations = leased.stream()
                    .filter(destination -> message.state(destination.index()).pending())
                    .toList();
            if (!destinations.isEmpty()) {
                settle(message, destinations, attempt(message, destinations));
            }
        } finally {
            leased.forEach(destination -> leases.remove(new Lease(message.id(), destination.index())));
            schedule(message);
        }
    }

    private RemoteDelivery.Tried attempt(QueuedMessage message, List<Destination> destinations) {
        try {
            return delivery.attempt(message, destinations);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("queueId", message.id()).log("a delivery failed unexpectedly");
            return delivery.unexpected(destinations);
        }
    }

    private void settle(QueuedMessage message, List<Destination> destinations, RemoteDelivery.Tried tried) {
        Map<Integer, TargetState> states = new HashMap<>();
        List<Destination> late = new ArrayList<>();
        for (Destination destination : destinations) {
            Outcome outcome = Objects.requireNonNull(tried.outcomes().get(destination.index()));
            TargetState former = message.state(destination.index());
            TargetState next = next(message, former, outcome);
            states.put(destination.index(), next);
            count(outcome, next);
            if (next.pending() && former.nextAttempt() < warning(message) && next.nextAttempt() >= warning(message)) {
                late.add(destination);
            }
        }
        settlement.settle(message, states, tried.attempts());
        if (!late.isEmpty()) {
            reports.delayed(message, late, states, Instant.ofEpochMilli(end(message)));
        }
    }

    private long warning(QueuedMessage message) {
        return message.envelope().received().plus(retry.get().delayWarning()).toEpochMilli();
    }

    private long end(QueuedMessage message) {
        return message.envelope().received().plus(retry.get().expiry()).toEpochMilli();
    }

    private TargetState next(QueuedMessage message, TargetState former, Outcome outcome) {
        int attempts = former.attempts() + 1;
        String text = outcome.text().substring(0, Math.min(outcome.text().length(), LONGEST_TEXT));
        String diagnostic = outcome.status() + " " + text;
        return switch (outcome) {
            case Outcome.Delivered _ -> new TargetState(Status.DELIVERED, attempts, 0, diagnostic);
            case Outcome.Refused _, Outcome.HostRefused _ -> new TargetState(Status.FAILED, attempts, 0, diagnostic);
            case Outcome.Deferred _, Outcome.Uncertain _ -> {
                long again = clock.millis() + retry.get().pauseAfter(former.attempts());
                yield clock.millis() >= end(message)
                        ? new TargetState(Status.FAILED, attempts, 0, EnhancedStatus.EXPIRED + " " + text)
                        : new TargetState(Status.PENDING, attempts, Math.min(again, end(message)), diagnostic);
            }
        };
    }

    private void count(Outcome outcome, TargetState next) {
        String result =
                switch (outcome) {
                    case Outcome.Delivered _ -> "delivered";
                    case Outcome.Refused _, Outcome.HostRefused _ -> "refused";
                    case Outcome.Deferred _ -> next.pending() ? "deferred" : "expired";
                    case Outcome.Uncertain _ -> "uncertain";
                };
        if (outcome instanceof Outcome.Delivered delivered) {
            Counter.builder("digidig.smtp.outbound.delivered")
                    .description("destinations elsewhere that were delivered to, by whether TLS was spoken")
                    .tag("tls", Boolean.toString(!delivered.tls().isEmpty()))
                    .register(registry)
                    .increment();
        }
        Counter.builder("digidig.smtp.outbound")
                .description("attempts for destinations elsewhere by what came of them")
                .tag("result", result)
                .register(registry)
                .increment();
    }

    /** The limits have changed: what waits for its turn may have it now. */
    public void limitsChanged() {
        lanes.limitsChanged();
    }

    /** Lets running deliveries end, for a while. */
    @Override
    public void close() {
        stopping = true;
        try {
            if (!lanes.close(GRACE)) {
                LOG.info("outbound deliveries are cut off; the next start repeats them");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
