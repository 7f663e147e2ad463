package cz.digidig.storage.listing;

import cz.digidig.storage.listing.MessageSummary.Person;
import cz.digidig.storage.mime.MessageContent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message to be read. */
record MessageDetail(
        MessageSummary message,
        List<Person> cc,

        @Schema(description = "All header fields in order, decoded")
        List<MessageContent.Field> headers,

        @Schema(
                description = "Plain text; null where there is none",
                example = "Dear all,\r\nhere is what we agreed on")
        @Nullable
        String text,

        @Schema(description = "HTML as it was sent: to be made harmless before it is shown; null where there is none")
        @Nullable
        String html,

        @Schema(description = "The other parts; their octets are at .../parts/{part}")
        List<MessageContent.Attachment> attachments) {}
