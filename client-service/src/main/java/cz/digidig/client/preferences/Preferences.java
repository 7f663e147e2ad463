package cz.digidig.client.preferences;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a person chose of the own webmail. What may be null is missing in files that earlier releases wrote.
 *
 * @param pane where a message is read
 * @param density how close the lines of a list stand
 * @param conversations whether lists show conversations rather than messages; null: they do
 * @param undoSeconds how long a message that was sent can be called back
 * @param signature that of addresses without an identity; plain text
 * @param shownSenders addresses whose pictures are always loaded
 * @param identities as whom the person writes, by address; null: none was chosen
 * @param usualAddress from which messages are written unless another is chosen; null: the account's
 * @param searches those that are kept; null: none were saved
 * @param formatted whether messages are written as formatted text; null: as plain text
 * @param notifications whether the browser tells of new mail; null: it doesn't
 * @param favourites folders that stand above the others; null: none
 */
public record Preferences(
        Pane pane,
        Density density,
        @Nullable Boolean conversations,
        int undoSeconds,
        String signature,
        List<String> shownSenders,
        @Nullable List<Identity> identities,
        @Nullable String usualAddress,
        @Nullable SavedSearches searches,
        @Nullable Boolean formatted,
        @Nullable Boolean notifications,
        @Nullable Favourites favourites) {
    /** The most senders that are remembered. */
    public static final int MOST_SENDERS = 2000;

    /** The most identities that are kept: as many as identity gives addresses. */
    public static final int MOST_IDENTITIES = 500;

    public static final List<Integer> UNDO_SECONDS = List.of(0, 5, 10, 20, 30);
    public static final Preferences DEFAULTS =
            new Preferences(Pane.RIGHT, Density.NORMAL, null, 10, "", List.of(), null, null, null, null, null, null);

    public Preferences {
        shownSenders = List.copyOf(shownSenders);
        identities = identities == null ? null : List.copyOf(identities);
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

    /** With another look, and another time to call back what was sent. */
    public Preferences looking(Pane where, Density lines, boolean together, int seconds) {
        return changed(copy -> {
            copy.pane = where;
            copy.density = lines;
            copy.conversations = together;
            copy.undoSeconds = seconds;
        });
    }

    /** With other senders whose pictures are loaded. */
    public Preferences showing(List<String> senders) {
        return changed(copy -> copy.shownSenders = senders);
    }

    /** With an identity in place of the one of its address. */
    public Preferences as(Identity identity) {
        List<Identity> all = Stream.concat(
                        own().stream().filter(one -> !one.address().equalsIgnoreCase(identity.address())),
                        Stream.of(identity))
                .limit(MOST_IDENTITIES)
                .toList();
        return changed(copy -> copy.identities = all);
    }

    /** With another address from which messages are usually written. */
    public Preferences from(String address) {
        return changed(copy -> copy.usualAddress = address);
    }

    /** With other searches that are kept. */
    public Preferences searching(SavedSearches kept) {
        return changed(copy -> copy.searches = kept);
    }

    /** The searches that are kept. */
    public SavedSearches saved() {
        return Objects.requireNonNullElse(searches, SavedSearches.NONE);
    }

    /** With the form in which messages are written. */
    public Preferences writing(boolean rich) {
        return changed(copy -> copy.formatted = rich);
    }

    /** Whether messages are written as formatted text. */
    public boolean writesFormatted() {
        return formatted != null && formatted;
    }

    /** With or without notifications. */
    public Preferences notifying(boolean wanted) {
        return changed(copy -> copy.notifications = wanted);
    }

    /** Whether the browser tells of new mail. */
    public boolean notifies() {
        return notifications != null && notifications;
    }

    /** With other folders above the rest. */
    public Preferences favouring(Favourites folders) {
        return changed(copy -> copy.favourites = folders);
    }

    /** The folders that stand above the others. */
    public Favourites favoured() {
        return Objects.requireNonNullElse(favourites, Favourites.NONE);
    }

    private List<Identity> own() {
        return Objects.requireNonNullElse(identities, List.of());
    }

    /** As whom is written from an address. */
    public Identity identity(String address) {
        Optional<Identity> chosen = own().stream()
                .filter(one -> one.address().equalsIgnoreCase(address))
                .findFirst();
        return chosen.orElseGet(() -> new Identity(address, "", "", signature));
    }

    /** Whether lists show conversations. */
    public boolean grouped() {
        return conversations == null || conversations;
    }

    /** Whether pictures of that sender are loaded without asking. */
    public boolean shows(String sender) {
        return shownSenders.contains(sender.toLowerCase(Locale.ROOT));
    }

    private Preferences changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.done();
    }

    /** Takes a change of what is named, so that no change names all the rest. */
    private static final class Copy {
        private Pane pane;
        private Density density;
        private @Nullable Boolean conversations;
        private int undoSeconds;
        private final String signature;
        private List<String> shownSenders;
        private @Nullable List<Identity> identities;
        private @Nullable String usualAddress;
        private @Nullable SavedSearches searches;
        private @Nullable Boolean formatted;
        private @Nullable Boolean notifications;
        private @Nullable Favourites favourites;

        Copy(Preferences of) {
            pane = of.pane;
            density = of.density;
            conversations = of.conversations;
            undoSeconds = of.undoSeconds;
            signature = of.signature;
            shownSenders = of.shownSenders;
            identities = of.identities;
            usualAddress = of.usualAddress;
            searches = of.searches;
            formatted = of.formatted;
            notifications = of.notifications;
            favourites = of.favourites;
        }

        Preferences done() {
            return new Preferences(
                    pane,
                    density,
                    conversations,
                    undoSeconds,
                    signature,
                    shownSenders,
                    identities,
                    usualAddress,
                    searches,
                    formatted,
                    notifications,
                    favourites);
        }
    }
}
