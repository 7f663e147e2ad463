package cz.digidig.smtp.admin;

import cz.digidig.smtp.spool.Attempt;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A message in the queue.
 *
 * @param id its queue id, as the client was told
 * @param received when it was accepted
 * @param from the reverse path; empty: a notification
 * @param octets its size
 * @param submitter the account that submitted it; empty: it came from outside
 * @param recipients where it goes
 */
record QueueEntry(
        String id, Instant received, String from, long octets, String submitter, List<QueueRecipient> recipients) {
    /**
     * One destination.
     *
     * @param address as the sender named it
     * @param target where that leads
     * @param kind {@code local} or {@code remote}
     * @param state {@code pending}, {@code held}, {@code delivered} or {@code failed}
     * @param attempts attempts so far
     * @param nextAttempt not before; the epoch: at once
     * @param detail what happened last; of another server, its name and its whole reply
     * @param history the last ten attempts, with one server each, the newest last; over restarts too. Null in lists
     */
    record QueueRecipient(
            String address,
            String target,
            String kind,
            String state,
            int attempts,
            Instant nextAttempt,
            String detail,
            @Nullable List<QueueAttempt> history) {}

    /**
     * One attempt.
     *
     * @param at when it was over
     * @param result {@code delivered}, {@code deferred}, {@code refused} or {@code uncertain}
     * @param detail the server and its whole reply, or what happened
     */
    record QueueAttempt(Instant at, String result, String detail) {}

    /** For lists. */
    static QueueEntry of(QueuedMessage message) {
        return of(message, (destination, state) -> recipient(destination, state, null));
    }

    /** With its history. */
    static QueueEntry of(QueuedMessage message, List<Attempt> attempts) {
        return of(
                message,
                (destination, state) -> recipient(
                        destination,
                        state,
                        attempts.stream()
                                .filter(attempt -> attempt.destination() == destination.index())
                                .map(attempt -> new QueueAttempt(
                                        attempt.at(),
                                        attempt.result().name().toLowerCase(Locale.ROOT),
                                        attempt.detail()))
                                .toList()));
    }

    private static QueueEntry of(
            QueuedMessage message, BiFunction<QueuedMessage.Destination, TargetState, QueueRecipient> recipient) {
        return new QueueEntry(
                message.id().toString(),
                message.envelope().received(),
                message.envelope().from().toString(),
                message.octets(),
                message.envelope().submitter(),
                message.destinations().stream()
                        .map(destination -> recipient.apply(destination, message.state(destination.index())))
                        .toList());
    }

    private static QueueRecipient recipient(
            QueuedMessage.Destination destination, TargetState state, @Nullable List<QueueAttempt> history) {
        String word =
                switch (state.status()) {
                    case PENDING -> "pending";
                    case HELD -> "held";
                    case DELIVERED -> "delivered";
                    case FAILED -> "failed";
                };
        return new QueueRecipient(
                destination.recipient().address(),
                destination.target().text(),
                destination.target().elsewhere() ? "remote" : "local",
                word,
                state.attempts(),
                Instant.ofEpochMilli(state.nextAttempt()),
                state.diagnostic(),
                history);
    }
}
