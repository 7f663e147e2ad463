package cz.digidig.admin.backup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the agent can be asked for. */
enum Verb {
    BACKUP,
    VERIFY,
    RESTORE,
    DELETE;

    /** As in requests, paths and message keys: {@code restore}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Verb> of(String key) {
        return Arrays.stream(values()).filter(verb -> verb.key().equals(key)).findFirst();
    }
}
