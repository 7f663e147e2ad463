package cz.digidig.imap.session;

import java.util.Optional;

/** What a client can turn on (RFC 9051 §6.3.1). */
public enum Extension {
    /** Mod-sequences are told with every change (RFC 7162 §3.1). */
    CONDSTORE("CONDSTORE"),
    /** RFC 9051: no RECENT, ESEARCH answers, names in UTF-8. */
    IMAP4REV2("IMAP4REV2"),
    /** Names in UTF-8 (RFC 6855). */
    UTF8_ACCEPT("UTF8=ACCEPT");

    private final String capability;

    Extension(String capability) {
        this.capability = capability;
    }

    public String capability() {
        return capability;
    }

    /** By the name of its capability, in upper case. */
    public static Optional<Extension> of(String name) {
        for (Extension extension : values()) {
            if (extension.capability.equals(name)) {
                return Optional.of(extension);
            }
        }
        return Optional.empty();
    }
}
