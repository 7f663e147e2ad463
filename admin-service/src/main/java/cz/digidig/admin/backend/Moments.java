package cz.digidig.admin.backend;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Times in the bodies of answers. */
public final class Moments {
    private Moments() {}

    /** ISO 8601; null for what is not there or is no time. */
    public static @Nullable Instant of(JsonNode text) {
        try {
            return Instant.parse(text.asString(""));
        } catch (DateTimeParseException _) {
            return null;
        }
    }
}
