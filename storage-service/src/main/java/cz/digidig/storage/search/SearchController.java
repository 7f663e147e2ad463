package cz.digidig.storage.search;

import cz.digidig.common.api.storage.SearchRequest;
import cz.digidig.common.api.storage.SearchResult;
import cz.digidig.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Searching of {@link cz.digidig.common.api.storage.MailboxApi}. */
@RestController
@Tag(name = "Mailboxes")
class SearchController {
    private final MailboxSearch search;

    SearchController(MailboxSearch search) {
        this.search = search;
    }

    @PostMapping("/api/accounts/{account}/mailboxes/{mailbox}/search")
    @Operation(
            operationId = "searchMailbox",
            summary = "The UIDs of the messages that match, by the keys of IMAP's SEARCH (RFC 9051 §6.4.4)")
    SearchResult search(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @Valid @RequestBody SearchRequest request) {
        return search.search(caller.account(account), mailbox, request.key());
    }
}
