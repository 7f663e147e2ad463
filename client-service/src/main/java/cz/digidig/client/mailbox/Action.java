package cz.digidig.client.mailbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done to chosen messages. */
enum Action {
    ARCHIVE("archive"),
    DELETE("trash"),
    JUNK("junk"),
    INBOX("inbox"),
    MOVE(""),
    READ(""),
    UNREAD(""),
    FLAG(""),
    UNFLAG("");

    private final String folder;

    Action(String folder) {
        this.folder = folder;
    }

    /** The kind of folder that it moves to; empty: none, or the one that is named. */
    String folder() {
        return folder;
    }

    boolean moves() {
        return this == MOVE || !folder.isEmpty();
    }

    /** As in forms and messages. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Action> of(String key) {
        return Arrays.stream(values())
                .filter(action -> action.key().equals(key))
                .findFirst();
    }
}
