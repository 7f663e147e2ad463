package cz.digidig.storage.journal;

import cz.digidig.common.mailbox.MessageFlag;

/**
 * A message in a mailbox.
 *
 * @param uid its UID
 * @param id the message
 * @param modSeq its mod-sequence
 * @param flags system flags as bits
 * @param size octets
 * @param internalDate milliseconds since 1970 UTC
 * @param keywords places in the mailbox's list of keywords, ascending
 */
public record MessageRow(long uid, MessageId id, long modSeq, int flags, long size, long internalDate, int[] keywords) {
    static final int[] NO_KEYWORDS = {};

    MessageRow flagged(long newModSeq, int newFlags, int[] newKeywords) {
        return new MessageRow(uid, id, newModSeq, newFlags, size, internalDate, newKeywords);
    }

    boolean unseen() {
        return !MessageFlag.SEEN.in(flags);
    }

    boolean deleted() {
        return MessageFlag.DELETED.in(flags);
    }
}
