package cz.digidig.common.api.storage;

/**
 * A hint that a mailbox changed; correctness comes from asking for its changes.
 *
 * @param account whose
 * @param mailbox which; empty: the account's list of mailboxes changed
 * @param modSeq its highest mod-sequence; 0: not known, or the mailbox is gone
 */
public record MailboxEvent(String account, String mailbox, long modSeq) {}
