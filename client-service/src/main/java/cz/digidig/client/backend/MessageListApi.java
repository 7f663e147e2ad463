package cz.digidig.client.backend;

import cz.digidig.client.backend.FoundMessage.FoundPage;
import cz.digidig.common.api.storage.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** What storage's public REST says of the person's own account, but for its mailboxes. */
@HttpExchange("/api/accounts/me")
interface MessageListApi {
    @GetExchange("/mailboxes/{mailbox}/messages")
    Page<MessageSummary> list(
            @PathVariable String mailbox,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam int limit);

    @GetExchange("/mailboxes/{mailbox}/threads")
    Page<Conversation> threads(
            @PathVariable String mailbox,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam int limit);

    @GetExchange("/threads/{thread}")
    Conversation.Messages thread(@PathVariable String thread);

    @GetExchange("/mailboxes/{mailbox}/messages/{message}")
    MessageDetail read(@PathVariable String mailbox, @PathVariable String message);

    @DeleteExchange("/mailboxes/{mailbox}/messages/{message}")
    void delete(@PathVariable String mailbox, @PathVariable String message);

    @GetExchange("/messages")
    FoundPage search(
            @RequestParam String q, @RequestParam(required = false) @Nullable String cursor, @RequestParam int limit);

    @GetExchange("/suggestions")
    Suggestions suggest(@RequestParam String q, @RequestParam int limit);

    @GetExchange("/blocked-senders")
    BlockedSenders blocked();

    @PutExchange("/blocked-senders")
    BlockedSenders block(@RequestBody BlockedSenders senders);

    /** The best first. */
    record Suggestions(List<Suggestion> items) {}

    /** Someone with whom mail was exchanged. */
    record Suggestion(Correspondent person, int messages) {}
}
