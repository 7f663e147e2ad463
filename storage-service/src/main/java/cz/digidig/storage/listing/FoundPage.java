package cz.digidig.storage.listing;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Part of what a search found, newest first. */
record FoundPage(
        List<FoundMessage> items,

        @Schema(
                description = "The cursor that asks for the following ones; null: these were the last. There may be one"
                        + " though this page is not full, when looking took long",
                example = "MTc5NTQzLjQyLjBOQmVx")
        @Nullable
        String next,

        Total total) {

    /** How many match in all pages together. */
    record Total(
            @Schema(example = "128") long messages,

            @Schema(description = "false: an estimate, not too low")
            boolean exact) {}
}
