package cz.digidig.smtp.delivery;

import cz.digidig.smtp.settings.RetryLimits;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.spool.TargetState;
import cz.digidig.smtp.spool.TargetState.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to put a message into the mailboxes that it is for. */
final class LocalDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDelivery.class);

    private final Spool spool;
    private final MessageStore store;
    private final Supplier<RetryLimits> retry;
    private final Clock clock;

    LocalDelivery(Spool spool, MessageStore store, Supplier<RetryLimits> retry, Clock clock) {
        this.spool = spool;
        this.store = store;
        this.retry = retry;
        this.clock = clock;
    }

    /** What an attempt brought: new states by destination, and whether storage is down for everybody. */
    record Attempt(Map<Integer, TargetState> states, boolean outage) {
        private static final Attempt OUTAGE = new Attempt(Map.of(), true);
    }

    /** Tries what is due. */
    Attempt attempt(QueuedMessage message) {
        // What was refused for its quota before is a new delivery to storage: it would answer the old key alike.
        Map<String, List<Destination>> byKey = new TreeMap<>();
        for (Destination destination : message.pending()) {
            TargetState state = message.state(destination.index());
            if (!destination.target().elsewhere() && state.nextAttempt() <= clock.millis()) {
                String copy = destination.target() instanceof Target.Sent ? ".sent" : "";
                String key = message.deliveryKey() + copy + (state.attempts() == 0 ? "" : "." + state.attempts());
                byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(destination);
            }
        }
        Map<Integer, TargetState> states = new HashMap<>();
        for (Map.Entry<String, List<Destination>> group : byKey.entrySet()) {
            if (!attempt(message, group.getKey(), group.getValue(), states)) {
                return states.isEmpty() ? Attempt.OUTAGE : new Attempt(states, true);
            }
        }
        return new Attempt(states, false);
    }

    private boolean attempt(
            QueuedMessage message, String key, List<Destination> due, Map<Integer, TargetState> states) {
        List<String> accounts =
                due.stream().map(LocalDelivery::account).distinct().toList();
        boolean sent = due.getFirst().target() instanceof Target.Sent;
        MessageStore.Delivery delivery = new MessageStore.Delivery(
                key,
                accounts,
                sent ? MessageStore.Place.SENT : place(message),
                head(message, due.getFirst()).getBytes(StandardCharsets.UTF_8),
                message.octets(),
                message.envelope().trace());
        MessageStore.Outcome outcome;
        try (InputStream content = spool.content(message)) {
            outcome = store.deliver(delivery, content);
        } catch (IOException failed) {
            LOG.atError().setCause(failed).addKeyValue("queueId", message.id()).log("a message can't be read");
            outcome = new MessageStore.Outcome.Trouble("the message can't be read from the spool");
        }
        switch (outcome) {
            case MessageStore.Outcome.Unavailable unavailable -> {
                LOG.debug("message {}: {}", message.id(), unavailable.why());
                return false;
            }
            case MessageStore.Outcome.Answered answered -> {
                for (Destination destination : due) {
                    MessageStore.Ending ending =
                            answered.endings().getOrDefault(account(destination), MessageStore.Ending.NO_ACCOUNT);
                    states.put(destination.index(), ended(message, destination, ending));
                }
            }
            case MessageStore.Outcome.Trouble trouble ->
                due.forEach(destination ->
                        states.put(destination.index(), later(message, destination, trouble.why(), false)));
            case MessageStore.Outcome.Refused refused ->
                due.forEach(destination -> states.put(
                        destination.index(), over(message, destination, Status.FAILED, "5.3.0 " + refused.why())));
        }
        return true;
    }

    private static MessageStore.Place place(QueuedMessage message) {
        return message.envelope().junk() ? MessageStore.Place.JUNK : MessageStore.Place.INBOX;
    }

    private static String account(Destination destination) {
        return switch (destination.target()) {
            case Target.Local local -> local.account();
            case Target.Sent sent -> sent.account();
            case Target.Remote _ -> "";
        };
    }

    /** What goes before the octets: in a mailbox, the reverse path (RFC 5321 §4.4). */
    private static String head(QueuedMessage message, Destination destination) {
        return destination.target() instanceof Target.Sent sent
                ? sent.head()
                : "Return-Path: <" + message.envelope().from() + ">\r\n";
    }

    private TargetState ended(QueuedMessage message, Destination destination, MessageStore.Ending ending) {
        return switch (ending) {
            case DELIVERED -> over(message, destination, Status.DELIVERED, "");
            case OVER_QUOTA -> later(message, destination, "5.2.2 the mailbox is full", true);
            case NO_ACCOUNT -> over(message, destination, Status.FAILED, "5.1.1 there is no such account any more");
        };
    }

    private static TargetState over(QueuedMessage message, Destination destination, Status status, String why) {
        return new TargetState(status, message.state(destination.index()).attempts() + 1, 0, why);
    }

    /** Another attempt, unless the message is too old. */
    private TargetState later(QueuedMessage message, Destination destination, String why, boolean quota) {
        RetryLimits limits = retry.get();
        Duration most = quota ? limits.mailboxFull() : limits.expiry();
        long age = clock.millis() - message.envelope().received().toEpochMilli();
        if (age > most.toMillis()) {
            return over(message, destination, Status.FAILED, quota ? why : "5.4.7 " + why);
        }
        int attempts = message.state(destination.index()).attempts();
        // Trouble repeats the same delivery under the same key; a full mailbox asks for a new one.
        return new TargetState(Status.PENDING, attempts + (quota ? 1 : 0), clock.millis() + limits.pauseAt(age), why);
    }
}
