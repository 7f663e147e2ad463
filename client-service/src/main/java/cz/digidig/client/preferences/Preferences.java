package cz.digidig.client.preferences;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person chose of the own webmail.
 *
 * @param pane where a message is read
 * @param density how close the lines of a list stand
 * @param conversations whether lists show conversations rather than messages; null, as files of before have it: they do
 * @param undoSeconds how long a message that was sent can be called back
 * @param signature put under what is written; plain text
 * @param shownSenders addresses whose pictures are always loaded
 */
public record Preferences(
        Pane pane,
        Density density,
        @Nullable Boolean conversations,
        int undoSeconds,
        String signature,
        List<String> shownSenders) {
    /** The most senders that are remembered. */
    public static final int MOST_SENDERS = 2000;

    public static final List<Integer> UNDO_SECONDS = List.of(0, 5, 10, 20, 30);
    public static final int LONGEST_SIGNATURE = 2000;
    public static final Preferences DEFAULTS = new Preferences(Pane.RIGHT, Density.NORMAL, null, 10, "", List.of());

    public Preferences {
        shownSenders = List.copyOf(shownSenders);
    }

    /** Where a message is read: beside its list, below it, or in its place. */
    public enum Pane {
        RIGHT,
        BELOW,
        OFF;

        /** As in markup and messages. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How close the lines of a list stand. */
    public enum Density {
        NORMAL,
        CLOSE;

        /** As in markup and messages. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** With other senders whose pictures are loaded. */
    public Preferences showing(List<String> senders) {
        return new Preferences(pane, density, conversations, undoSeconds, signature, senders);
    }

    /** Whether lists show conversations. */
    public boolean grouped() {
        return conversations == null || conversations;
    }

    /** Whether pictures of that sender are loaded without asking. */
    public boolean shows(String sender) {
        return shownSenders.contains(sender.toLowerCase(Locale.ROOT));
    }
}
