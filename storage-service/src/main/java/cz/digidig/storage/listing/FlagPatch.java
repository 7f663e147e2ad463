package cz.digidig.storage.listing;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of one message's flags: all of them, or some. Names as in IMAP: system flags with their backslash. */
record FlagPatch(
        @Schema(description = "All that it is to have from now on; null: see the others", example = "[\"\\\\Seen\"]")
        @Nullable
        List<String> flags,

        @Schema(example = "[\"\\\\Flagged\"]") @Nullable List<String> add,

        @Schema(example = "[\"$Later\"]") @Nullable List<String> remove) {}
