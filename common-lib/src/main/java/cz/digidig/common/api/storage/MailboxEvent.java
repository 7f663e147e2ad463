package cz.digidig.common.api.storage;

import org.jspecify.annotations.Nullable;

/**
 * A hint that a mailbox changed; correctness comes from asking for its changes.
 *
 * @param account whose
 * @param mailbox which; empty: the account's list of mailboxes changed
 * @param modSeq its highest mod-sequence; 0: not known, or the mailbox is gone
 * @param trace the W3C {@code traceparent} of what changed it, where that trace is recorded; else null
 */
public record MailboxEvent(
        String account,
        String mailbox,
        long modSeq,
        @Nullable String trace) {
    public MailboxEvent(String account, String mailbox, long modSeq) {
        this(account, mailbox, modSeq, null);
    }
}
