package cz.digidig.client.receipts;

import java.time.Instant;
import java.util.Locale;

/**
 * What a message has to do with receipts.
 *
 * @param who asks for one, or gives one
 * @param to where the one that is asked for would go
 * @param elsewhere whether that is not where the message came from
 * @param at when the message was sent, or came
 */
public record Receipt(Kind kind, String who, String to, boolean elsewhere, Instant at) {
    /** What it is. */
    public enum Kind {
        /** It asks for one. */
        ASKED,
        /** It says that somebody displayed a message. */
        DISPLAYED,
        /** It says that somebody deleted one. */
        DELETED,
        /** It says something else of one. */
        OTHER;

        /** As in messages. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
