package cz.digidig.storage.listing;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A conversation's messages in all mailboxes, the oldest first; of more than 200 the newest ones. */
record ConversationMessages(List<ConversationMessage> items) {
    /** One of them, and where it is. */
    record ConversationMessage(
            @Schema(description = "Of several, one") FoundMessage.Place mailbox, MessageSummary message) {}
}
