package cz.digidig.admin.mail;

import cz.digidig.admin.backend.Moments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message that waits.
 *
 * @param id its queue id
 * @param received when it was accepted; null: not known
 * @param from the reverse path; empty: a notification
 * @param octets its size
 * @param held whether it waits for an administrator
 * @param recipients its destinations
 */
record QueuedMail(
        String id, @Nullable Instant received, String from, long octets, boolean held, List<Destination> recipients) {
    /**
     * One destination.
     *
     * @param state {@code pending}, {@code held}, {@code delivered} or {@code failed}
     * @param next when it is tried again; null: at once
     * @param detail the last reply, whole
     */
    record Destination(
            String address,
            String target,
            String kind,
            String state,
            int attempts,
            @Nullable Instant next,
            String detail) {
        /** The reply's class, for what it means: 4 is temporary, 5 for good; 0: no reply yet. */
        public int replyClass() {
            for (String word : detail.split("[\\s:]+", -1)) {
                if (word.matches("[245]\\d\\d([ -].*)?")) {
                    return word.charAt(0) - '0';
                }
            }
            return 0;
        }
    }

    QueuedMail {
        recipients = List.copyOf(recipients);
    }

    static QueuedMail of(JsonNode node) {
        List<Destination> recipients = new ArrayList<>();
        for (JsonNode one : node.path("recipients")) {
            Instant next = Moments.of(one.path("nextAttempt"));
            recipients.add(new Destination(
                    one.path("address").asString(""),
                    one.path("target").asString(""),
                    one.path("kind").asString(""),
                    one.path("state").asString(""),
                    one.path("attempts").asInt(0),
                    next == null || next.equals(Instant.EPOCH) ? null : next,
                    one.path("detail").asString("")));
        }
        return new QueuedMail(
                node.path("id").asString(""),
                Moments.of(node.path("received")),
                node.path("from").asString(""),
                node.path("octets").asLong(0),
                node.path("held").asBoolean(false)
                        || recipients.stream().anyMatch(one -> one.state().equals("held")),
                recipients);
    }

    /** The destinations that are not done yet. */
    public List<Destination> waiting() {
        return recipients.stream()
                .filter(one -> !one.state().equals("delivered") && !one.state().equals("failed"))
                .toList();
    }

    /** Whether id, sender or a recipient holds a text. */
    boolean mentions(String text) {
        String sought = text.toLowerCase(Locale.ROOT);
        return id.toLowerCase(Locale.ROOT).contains(sought)
                || from.toLowerCase(Locale.ROOT).contains(sought)
                || recipients.stream().anyMatch(one -> (one.address() + " " + one.detail())
                        .toLowerCase(Locale.ROOT)
                        .contains(sought));
    }
}
