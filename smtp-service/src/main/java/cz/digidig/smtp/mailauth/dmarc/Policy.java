package cz.digidig.smtp.mailauth.dmarc;

import java.util.Locale;
import java.util.Optional;

/** What a domain wants done with messages that are not its own (RFC 7489 §6.3), the mildest first. */
public enum Policy {
    NONE,
    QUARANTINE,
    REJECT;

    static Optional<Policy> named(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "none" -> Optional.of(NONE);
            case "quarantine" -> Optional.of(QUARANTINE);
            case "reject" -> Optional.of(REJECT);
            default -> Optional.empty();
        };
    }

    /** As in a record. */
    public String word() {
        return switch (this) {
            case NONE -> "none";
            case QUARANTINE -> "quarantine";
            case REJECT -> "reject";
        };
    }

    /** What messages get that {@code pct} leaves out (§6.6.4). */
    Policy milder() {
        return switch (this) {
            case NONE, QUARANTINE -> NONE;
            case REJECT -> QUARANTINE;
        };
    }
}
