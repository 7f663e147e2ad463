package cz.digidig.storage.listing;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A conversation as the list of a mailbox shows it. */
record ConversationSummary(
        @Schema(example = "TqJxw2yV0pYf3m1bKZc9s") String threadId,

        @Schema(
                description = "How many messages of it are in this mailbox. While a large mailbox is looked at for the"
                        + " first time, old ones may not be counted yet",
                example = "3")
        int messages,

        @Schema(description = "How many of these are unread", example = "1")
        int unread,

        @Schema(description = "The UIDs of these, as a set", example = "4,7:9")
        String uids,

        @Schema(description = "Who wrote the last of these, in their order")
        List<MessageSummary.Person> people,

        @Schema(description = "The newest of these") MessageSummary newest) {}
