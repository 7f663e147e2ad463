package cz.digidig.storage.listing;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message that a search found, and where. One that is in two mailboxes is found twice. */
record FoundMessage(
        Place mailbox,
        MessageSummary message,

        @Schema(description = "Its subject, with what was looked for")
        Marked subject,

        @Schema(description = "A piece of its text around what was looked for, or its beginning")
        Marked snippet) {

    /** The mailbox that it is in. */
    record Place(
            @Schema(example = "0NBeq3Zx8k2Y4oKQvHc1Aw") String id,
            @Schema(example = "Projects/2026") String path,

            @Schema(description = "null: none", example = "Archive") @Nullable
            String specialUse) {}
}
