package cz.digidig.smtp.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * What is checked of mail from outside, and what follows from it.
 *
 * @param spf the sender's address (RFC 7208)
 * @param dkim signatures (RFC 6376)
 * @param dmarc the author domain's policy (RFC 7489)
 */
public record Checks(
        @NotNull Mode spf, @NotNull Mode dkim, @NotNull Mode dmarc) {
    /** What a check's result does. */
    public enum Mode {
        @JsonProperty("off")
        OFF,
        @JsonProperty("annotate")
        ANNOTATE,
        @JsonProperty("enforce")
        ENFORCE
    }

    /** Nothing is checked. */
    public static final Checks NONE = new Checks(Mode.OFF, Mode.OFF, Mode.OFF);
}
