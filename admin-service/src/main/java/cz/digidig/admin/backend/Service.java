package cz.digidig.admin.backend;

import java.util.Locale;

/** The services of the suite, in the order in which pages list them. */
public enum Service {
    IDENTITY,
    STORAGE,
    SMTP,
    IMAP,
    CLIENT,
    ADMIN,
    APIDOCS;

    /** As in paths and message keys: {@code smtp}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As in logs and health: {@code smtp-service}. */
    public String fullName() {
        return key() + "-service";
    }
}
