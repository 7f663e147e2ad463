package cz.digidig.storage.listing;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.Caller;
import cz.digidig.storage.listing.MessageSummary.Person;
import cz.digidig.storage.search.Correspondents;
import cz.digidig.storage.search.QueryReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Searching of a whole account. */
@RestController
@RequestMapping("/api/accounts/{account}")
@Tag(name = "Search", description = "Find messages in all mailboxes, and those who wrote them; {account} may be me")
class AccountSearchController {
    private static final int FOUND = 25;
    private static final int MOST_FOUND = 100;
    private static final int SUGGESTED = 10;
    private static final int MOST_SUGGESTED = 50;

    private final AccountSearch search;
    private final Correspondents correspondents;

    AccountSearchController(AccountSearch search, Correspondents correspondents) {
        this.search = search;
        this.correspondents = correspondents;
    }

    @GetMapping("/messages")
    @Operation(
            operationId = "searchMessages",
            summary = "Messages of all mailboxes that match, newest first, page by page",
            description = "Without q: all. Flags are as they are now; a message is found as soon as it is there.")
    FoundPage messages(
            Caller caller,
            @PathVariable String account,
            @Parameter(
                            description = MessageListController.QUERY,
                            example = "(invoice OR receipt) from:shop after:2026-01-01 -in:trash")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @Parameter(description = "The page before's next") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 100, 25 where it is left out", example = "25")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit) {
        return search.find(
                caller.account(account),
                QueryReader.read(q == null ? "" : q),
                cursor == null ? null : AccountCursor.place(cursor),
                within(limit, FOUND, MOST_FOUND));
    }

    private static int within(@Nullable Integer limit, int usual, int most) {
        int wanted = limit == null ? usual : limit;
        if (wanted < 1 || wanted > most) {
            throw new ProblemException(ErrorCode.INVALID, "limit is 1 to " + most);
        }
        return wanted;
    }

    @GetMapping("/suggestions")
    @Operation(
            operationId = "suggestCorrespondents",
            summary = "Those with whom the account exchanged mail, often and lately first",
            description = "They come from the search index: mail of the last seconds may be missing.")
    Suggestions suggestions(
            Caller caller,
            @PathVariable String account,
            @Parameter(
                            description = "Words that words of the name or the address begin with; without one, nobody",
                            example = "ali nov")
                    @RequestParam
                    String q,
            @Parameter(description = "1 to 50, 10 where it is left out", example = "10")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit) {
        return new Suggestions(
                correspondents.suggest(caller.account(account), q, within(limit, SUGGESTED, MOST_SUGGESTED)).stream()
                        .map(each -> new Suggestion(new Person(each.name(), each.address()), each.messages()))
                        .toList());
    }

    /** The best first. */
    record Suggestions(List<Suggestion> items) {}

    /** Someone with whom mail was exchanged. */
    record Suggestion(
            Person person,

            @Schema(description = "How many messages name the address, of the newest 20,000 that match", example = "42")
            int messages) {}
}
