package cz.digidig.storage.listing;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.Page;
import cz.digidig.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Conversations: messages that answer each other, by the first reference that they have in common. */
@RestController
@RequestMapping("/api/accounts/{account}")
@Tag(name = "Conversations", description = "Messages by conversation; {account} may be me, {mailbox} INBOX")
class ConversationController {
    private static final int LISTED = 50;

    private final Conversations conversations;

    ConversationController(Conversations conversations) {
        this.conversations = conversations;
    }

    @GetMapping("/mailboxes/{mailbox}/threads")
    @Operation(
            operationId = "listThreads",
            summary = "Conversations that have messages in a mailbox, by the newest of these, page by page")
    Page<ConversationSummary> list(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @Parameter(description = "The page before's next") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 100, 50 where it is left out", example = "50")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit) {
        int most = limit == null ? LISTED : limit;
        if (most < 1 || most > Messages.MOST_LISTED / 2) {
            throw new ProblemException(ErrorCode.INVALID, "limit is 1 to " + Messages.MOST_LISTED / 2);
        }
        return conversations.list(caller.account(account), mailbox, cursor == null ? 0 : Cursor.uid(cursor), most);
    }

    @GetMapping("/threads/{thread}")
    @Operation(
            operationId = "getThread",
            summary = "The messages of a conversation in all mailboxes, the oldest first",
            description = "Of more than 200 the newest ones; of an unknown conversation none.")
    ConversationMessages get(
            Caller caller,
            @PathVariable String account,
            @Parameter(description = "A message's threadId", example = "TqJxw2yV0pYf3m1bKZc9s") @PathVariable
                    String thread) {
        return conversations.messages(caller.account(account), thread);
    }
}
