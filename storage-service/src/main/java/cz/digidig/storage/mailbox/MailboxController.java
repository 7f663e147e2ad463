package cz.digidig.storage.mailbox;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.CopyRequest;
import cz.digidig.common.api.storage.CopyResult;
import cz.digidig.common.api.storage.ExpungeRequest;
import cz.digidig.common.api.storage.ExpungeResult;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxPatch;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.NewMailbox;
import cz.digidig.common.api.storage.Page;
import cz.digidig.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@link cz.digidig.common.api.storage.MailboxApi}, but for searching. */
@RestController
@RequestMapping("/api/accounts/{account}/mailboxes")
@Tag(name = "Mailboxes", description = "Mailboxes of an account, and changes of many messages at once")
class MailboxController {
    private static final int LISTED = 1000;
    private static final int MOST_LISTED = 5000;
    private static final int MOST_CHANGES = 100_000;

    private final Mailboxes mailboxes;

    MailboxController(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @GetMapping
    @Operation(
            operationId = "listMailboxes",
            summary = "All mailboxes, INBOX first; makes the default ones at an account's first use")
    Page<MailboxSummary> list(
            Caller caller,
            @PathVariable String account,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = limit == null ? LISTED : limit;
        if (most < 1 || most > MOST_LISTED) {
            throw new ProblemException(ErrorCode.INVALID, "limit is 1 to " + MOST_LISTED);
        }
        List<MailboxSummary> found =
                mailboxes.listAfter(caller.account(account), cursor == null ? null : path(cursor), most + 1);
        if (found.size() <= most) {
            return new Page<>(found, null);
        }
        List<MailboxSummary> items = found.subList(0, most);
        return new Page<>(items, cursor(items.getLast().path()));
    }

    private static String cursor(String path) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(StandardCharsets.UTF_8));
    }

    private static String path(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.INVALID, "This cursor was not given by us");
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createMailbox", summary = "Makes a mailbox, and the superior ones that are missing")
    MailboxSummary create(Caller caller, @PathVariable String account, @Valid @RequestBody NewMailbox mailbox) {
        return mailboxes.create(caller.account(account), mailbox);
    }

    @GetMapping("/{mailbox}")
    @Operation(operationId = "getMailbox", summary = "A mailbox with its counters, by id or INBOX")
    MailboxSummary get(Caller caller, @PathVariable String account, @PathVariable String mailbox) {
        return mailboxes.get(caller.account(account), mailbox);
    }

    @PatchMapping("/{mailbox}")
    @Operation(
            operationId = "changeMailbox",
            summary = "Renames a mailbox with all its inferiors, or changes its subscription")
    MailboxSummary change(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @RequestBody MailboxPatch change) {
        return mailboxes.change(caller.account(account), mailbox, change);
    }

    @DeleteMapping("/{mailbox}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteMailbox", summary = "Deletes a mailbox with its messages; inferiors stay")
    void delete(Caller caller, @PathVariable String account, @PathVariable String mailbox) {
        mailboxes.delete(caller.account(account), mailbox);
    }

    @GetMapping("/{mailbox}/changes")
    @Operation(
            operationId = "listChanges",
            summary = "What changed after a mod-sequence, in columns; since=0: everything")
    MailboxChanges changes(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @RequestParam(defaultValue = "0") long since,
            @RequestParam(defaultValue = "0") long afterUid,
            @RequestParam(defaultValue = "100000") int limit) {
        if (limit < 1 || limit > MOST_CHANGES || since < 0 || afterUid < 0) {
            throw new ProblemException(
                    ErrorCode.INVALID, "limit is 1 to " + MOST_CHANGES + ", the others not negative");
        }
        return mailboxes.changes(caller.account(account), mailbox, since, afterUid, limit);
    }

    @PostMapping("/{mailbox}/flags")
    @Operation(operationId = "changeFlags", summary = "Changes flags and keywords of many messages in one commit")
    FlagResult flags(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @Valid @RequestBody FlagChange change) {
        return mailboxes.flags(caller.account(account), mailbox, change);
    }

    @PostMapping("/{mailbox}/copy")
    @Operation(operationId = "copyMessages", summary = "Copies messages to another mailbox of the account")
    CopyResult copy(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @Valid @RequestBody CopyRequest request) {
        return mailboxes.copy(caller.account(account), mailbox, request.target(), request.uids(), false);
    }

    @PostMapping("/{mailbox}/move")
    @Operation(operationId = "moveMessages", summary = "Moves messages to another mailbox of the account")
    CopyResult move(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @Valid @RequestBody CopyRequest request) {
        return mailboxes.copy(caller.account(account), mailbox, request.target(), request.uids(), true);
    }

    @PostMapping("/{mailbox}/expunge")
    @Operation(operationId = "expungeMessages", summary = "Removes messages that are flagged \\Deleted, for good")
    ExpungeResult expunge(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @RequestBody ExpungeRequest request) {
        return mailboxes.expunge(caller.account(account), mailbox, request.uids());
    }
}
