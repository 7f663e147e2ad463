package cz.digidig.smtp.admin;

import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.TargetState;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of the queue are meant, and which of their destinations. What is not given excludes nothing.
 *
 * @param id a queue id
 * @param sender a part of the reverse path; {@code <>}: notifications
 * @param recipient a part of the recipient's address, or of where that leads
 * @param domain where the destination is, whole
 * @param state {@code new}: not tried yet; {@code deferred}: tried in vain; {@code held}
 * @param text a part of the last reply
 * @param olderThan seconds
 * @param youngerThan seconds
 */
record QueueFilter(
        @Size(max = 20) @Schema(description = "A queue id") @Nullable
        String id,

        @Size(max = 320) @Schema(description = "A part of the sender's address; <> for notifications") @Nullable
        String sender,

        @Size(max = 320) @Schema(description = "A part of the recipient's address, or of where that leads") @Nullable
        String recipient,

        @Size(max = 255) @Schema(description = "The domain that mail waits for, whole") @Nullable
        String domain,

        @Pattern(regexp = "new|deferred|held", message = "new, deferred or held")
        @Schema(
                description = "new: not tried yet; deferred: tried in vain; held",
                allowableValues = {"new", "deferred", "held"})
        @Nullable
        String state,

        @Size(max = 200) @Schema(description = "A part of the last reply") @Nullable
        String text,

        @Min(0) @Schema(description = "Waiting for at least so many seconds") @Nullable
        Long olderThan,

        @Min(0) @Schema(description = "Waiting for at most so many seconds") @Nullable
        Long youngerThan) {
    static final QueueFilter ALL = new QueueFilter(null, null, null, null, null, null, null, null);

    QueueFilter {
        sender = lower(sender);
        recipient = lower(recipient);
        text = lower(text);
    }

    /** Whether something of the message is meant. */
    boolean matches(QueuedMessage message, Instant now) {
        if (id != null && !message.id().toString().equalsIgnoreCase(id)) {
            return false;
        }
        long seconds = (now.toEpochMilli() - message.envelope().received().toEpochMilli()) / 1000;
        if ((olderThan != null && seconds < olderThan) || (youngerThan != null && seconds > youngerThan)) {
            return false;
        }
        if (sender != null) {
            String from = message.envelope().from().toString();
            if (sender.equals("<>") ? !from.isEmpty() : !contains(from, sender)) {
                return false;
            }
        }
        return message.anyOpen(this::matches);
    }

    /** Whether a destination is, of a message that is. */
    boolean matches(Destination destination, TargetState current) {
        String address = destination.recipient().address();
        String target = destination.target().text();
        return (recipient == null || contains(address, recipient) || contains(target, recipient))
                && (domain == null || at(target.indexOf('@') < 0 ? address : target, domain))
                && (state == null || state.equals(word(current)))
                && (text == null || contains(current.diagnostic(), text));
    }

    private static boolean at(String address, String domain) {
        int start = address.lastIndexOf('@') + 1;
        return address.length() - start == domain.length()
                && address.regionMatches(true, start, domain, 0, domain.length());
    }

    private static @Nullable String lower(@Nullable String part) {
        return part == null ? null : part.toLowerCase(Locale.ROOT);
    }

    /** Whether a text has a part that is in lower case. Copies nothing: a search looks at very many texts. */
    private static boolean contains(String whole, String part) {
        if (part.isEmpty()) {
            return true;
        }
        char first = part.charAt(0);
        char upper = Character.toUpperCase(first);
        int last = whole.length() - part.length();
        for (int i = 0; i <= last; i++) {
            char c = whole.charAt(i);
            if ((c == first || c == upper) && whole.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    /** Of a destination that is not over. */
    private static String word(TargetState state) {
        if (state.status() == TargetState.Status.HELD) {
            return "held";
        }
        return state.attempts() == 0 && state.diagnostic().isEmpty() ? "new" : "deferred";
    }
}
