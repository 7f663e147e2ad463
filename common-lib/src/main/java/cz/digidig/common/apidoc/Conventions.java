package cz.digidig.common.apidoc;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** What holds for every field of a kind is said at each: how times are written. */
final class Conventions {
    private static final String TIME = "date-time";
    private static final String HOW_TIMES_ARE_WRITTEN = "ISO 8601, UTC";

    private Conventions() {}

    static void addTo(OpenAPI document) {
        if (document.getComponents().getSchemas() != null) {
            document.getComponents().getSchemas().values().forEach(Conventions::complete);
        }
    }

    /** Javadoc's marks are for Javadoc. */
    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : text.replaceAll("</?code>", "`").replaceAll("\\s+", " ");
    }

    private static void complete(Schema<?> schema) {
        if (schema.getProperties() == null) {
            return;
        }
        schema.getProperties().values().forEach(field -> field.setDescription(plain(field.getDescription())));
        schema.getProperties().values().stream()
                .filter(field -> TIME.equals(field.getFormat()))
                .forEach(field -> field.setDescription(
                        field.getDescription() == null || field.getDescription().isEmpty()
                                ? HOW_TIMES_ARE_WRITTEN
                                : field.getDescription() + " (" + HOW_TIMES_ARE_WRITTEN + ")"));
    }
}
