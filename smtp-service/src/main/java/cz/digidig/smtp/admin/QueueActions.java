package cz.digidig.smtp.admin;

import cz.digidig.smtp.delivery.DeliveryScheduler;
import cz.digidig.smtp.delivery.RemoteScheduler;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.TargetState;
import cz.digidig.smtp.spool.TargetState.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What administrators do to the queue. It counts from the next attempt on: one that runs is not stopped. */
final class QueueActions {
    private static final Logger LOG = LoggerFactory.getLogger(QueueActions.class);

    private final Spool spool;
    private final DeliveryScheduler local;
    private final RemoteScheduler remote;
    private final Clock clock;

    QueueActions(Spool spool, DeliveryScheduler local, RemoteScheduler remote, Clock clock) {
        this.spool = spool;
        this.local = local;
        this.remote = remote;
        this.clock = clock;
    }

    /** What can be done. */
    enum Action {
        /** What waits is due now; what is held stays so. */
        RETRY,
        /** What waits is not tried until it is released; over restarts too. */
        HOLD,
        /** What is held is due now. */
        RELEASE,
        /** It is dropped, and nobody is told. */
        DELETE
    }

    /**
     * How many were changed.
     *
     * @param messages of which something was
     * @param destinations all together
     */
    record Count(int messages, int destinations) {}

    /** Does it to everything that the filter means. */
    Count all(Action action, QueueFilter filter, String caller) {
        int messages = 0;
        int destinations = 0;
        Instant now = clock.instant();
        for (QueuedMessage message : spool.messages()) {
            if (filter.matches(message, now)) {
                int changed = one(action, message, filter);
                messages += changed > 0 ? 1 : 0;
                destinations += changed;
            }
        }
        LOG.atInfo()
                .addKeyValue("caller", caller)
                .addKeyValue("filter", filter)
                .log("{} of {} messages by an administrator", word(action), messages);
        return new Count(messages, destinations);
    }

    /** Does it to one message, and says so in the log. */
    void one(Action action, QueuedMessage message, String caller) {
        one(action, message, QueueFilter.ALL);
        LOG.atInfo()
                .addKeyValue("queueId", message.id())
                .addKeyValue("caller", caller)
                .log("{} of message {} by an administrator", word(action), message.id());
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private int one(Action action, QueuedMessage message, QueueFilter filter) {
        int changed = spool.decide(
                message,
                destination -> filter.matches(destination, message.state(destination.index())),
                state -> next(action, state));
        if (changed > 0 && (action == Action.RETRY || action == Action.RELEASE)) {
            local.schedule(message);
            remote.schedule(message);
        }
        return changed;
    }

    private TargetState next(Action action, TargetState state) {
        return switch (action) {
            case RETRY -> state.pending() ? due(state) : state;
            case HOLD -> state.as(Status.HELD);
            case RELEASE -> state.pending() ? state : due(state);
            case DELETE -> new TargetState(Status.FAILED, state.attempts(), 0, "deleted");
        };
    }

    private TargetState due(TargetState state) {
        return new TargetState(Status.PENDING, state.attempts(), clock.millis(), state.diagnostic());
    }
}
