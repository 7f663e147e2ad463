package cz.digidig.client.invitations;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar in a message says to its reader.
 *
 * @param events those that are shown
 * @param further how many more there are
 * @param from for an answer or a proposal: who makes it; null: nobody
 * @param answerable whether the reader is invited and can answer
 * @param given what the reader answered; null: nothing yet
 */
public record Invitation(
        Kind kind,
        List<Event> events,
        int further,
        @Nullable Party from,
        boolean answerable,
        @Nullable Answer given) {
    static final int MOST_EVENTS = 10;
    static final int MOST_PARTIES = 50;

    /** What it is for. */
    public enum Kind {
        REQUEST,
        CANCEL,
        REPLY,
        COUNTER,
        PUBLISH;

        /** As in messages. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An event, in the reader's words and time zone.
     *
     * @param when from when to when
     * @param repeats how it repeats; empty: it does not
     * @param where HTML with links; empty: not said
     * @param organiser null: not said
     * @param parties who takes part
     * @param accepted how many of all said that they come
     * @param others how many take part that are not among the parties
     * @param notes HTML with links; empty: none
     */
    public record Event(
            String title,
            String when,
            String repeats,
            String where,
            @Nullable Party organiser,
            List<Party> parties,
            long accepted,
            int others,
            String notes) {}

    /**
     * Somebody who takes part.
     *
     * @param name the address where no name is given
     * @param address empty: not a mail address
     * @param answer null: none yet
     */
    public record Party(
            String name, String address, @Nullable Answer answer) {}
}
