package cz.digidig.identity.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a person wants to be called and to see the suite's pages.
 *
 * @param displayName the name; may be empty
 * @param language {@code en} or {@code cs}; empty: as the browser says
 * @param timeZone an IANA name, e.g. {@code Europe/Prague}; empty: as the browser says
 * @param theme the pages' colours
 */
record Profile(
        @NotNull @Size(max = 200) String displayName,
        @NotNull @Pattern(regexp = "|en|cs") String language,
        @NotNull @Size(max = 60) String timeZone,
        @NotNull Theme theme) {
    /** The pages' colours. */
    enum Theme {
        SYSTEM,
        LIGHT,
        DARK;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Theme of(String label) {
            return Arrays.stream(values())
                    .filter(theme -> theme.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("one of system, light, dark"));
        }
    }
}
