package cz.digidig.common.api.storage;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Mailboxes of an account and the changes that act on many messages of one. {@code account} is an id or {@code me};
 * {@code mailbox} is an id or {@code INBOX}. UIDs are given as sets in IMAP's text form ({@code 1:5,9}).
 *
 * <p>Problems: 404 {@code not-found} (mailbox or account), 409 {@code mailbox-exists}, 422 {@code invalid} (a name that
 * can't be), 507 {@code over-quota}.
 */
@HttpExchange("/api/accounts/{account}/mailboxes")
public interface MailboxApi {
    /** All mailboxes by path, INBOX first; makes the default ones at an account's first use. */
    @GetExchange
    Page<MailboxSummary> list(
            @PathVariable String account,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    @PostExchange
    MailboxSummary create(@PathVariable String account, @RequestBody NewMailbox mailbox);

    @GetExchange("/{mailbox}")
    MailboxSummary get(@PathVariable String account, @PathVariable String mailbox);

    /** Renames (with all its inferiors) or (un)subscribes; what is null stays. */
    @PatchExchange("/{mailbox}")
    MailboxSummary change(@PathVariable String account, @PathVariable String mailbox, @RequestBody MailboxPatch change);

    /** Deletes it with its messages; inferiors stay. INBOX can't be deleted: 422. */
    @DeleteExchange("/{mailbox}")
    void delete(@PathVariable String account, @PathVariable String mailbox);

    /**
     * What changed after a mod-sequence, in columns; {@code since=0}: everything there is.
     *
     * @param since the mod-sequence that the caller knows
     * @param afterUid only messages above this UID (paging), default 0
     * @param limit the most messages in this answer, default and at most 100,000; {@link MailboxChanges#more} says that
     *     there are further ones
     */
    @GetExchange("/{mailbox}/changes")
    MailboxChanges changes(
            @PathVariable String account,
            @PathVariable String mailbox,
            @RequestParam(defaultValue = "0") long since,
            @RequestParam(defaultValue = "0") long afterUid,
            @RequestParam(defaultValue = "100000") int limit);

    /** Changes flags and keywords of many messages in one commit (RFC 9051 §6.4.6, RFC 7162 §3.1.3). */
    @PostExchange("/{mailbox}/flags")
    FlagResult flags(@PathVariable String account, @PathVariable String mailbox, @RequestBody FlagChange change);

    /** Copies messages to another mailbox of the account; unknown UIDs are passed over (RFC 9051 §6.4.7). */
    @PostExchange("/{mailbox}/copy")
    CopyResult copy(@PathVariable String account, @PathVariable String mailbox, @RequestBody CopyRequest request);

    /** As copy, and removes the source's (RFC 6851). */
    @PostExchange("/{mailbox}/move")
    CopyResult move(@PathVariable String account, @PathVariable String mailbox, @RequestBody CopyRequest request);

    /** Removes messages for good: those of {@code uids} that are flagged {@code \Deleted} (RFC 9051 §6.4.3, RFC 4315). */
    @PostExchange("/{mailbox}/expunge")
    ExpungeResult expunge(
            @PathVariable String account, @PathVariable String mailbox, @RequestBody ExpungeRequest request);

    /** The messages that match. */
    @PostExchange("/{mailbox}/search")
    SearchResult search(@PathVariable String account, @PathVariable String mailbox, @RequestBody SearchRequest request);
}
