package cz.digidig.storage.listing;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A text and the pieces of it that were looked for. Text alone: whoever shows it as HTML escapes each piece. */
record Marked(
        @Schema(description = "Plain text in one line, never markup", example = "Here is the annual report for")
        String text,

        @Schema(description = "The pieces that match, ascending, none in another")
        List<Mark> marks) {

    /** A piece of the text. */
    record Mark(
            @Schema(description = "Its first character, in UTF-16 code units as JavaScript counts", example = "12")
            int start,

            @Schema(description = "Behind its last", example = "18")
            int end) {}
}
