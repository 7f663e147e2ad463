package cz.digidig.imap.mailbox;

import org.jspecify.annotations.Nullable;

/**
 * A mailbox with its counters.
 *
 * @param id opaque, stays through renames
 * @param path the full name
 * @param specialUse the attribute without its backslash, or null
 * @param subscribed whether it is on the subscription list
 * @param uidValidity RFC 9051 §2.3.1.1
 * @param uidNext the UID that the next message gets
 * @param highestModSeq the highest mod-sequence in it
 * @param messages how many messages
 * @param unseen how many without {@code \Seen}
 * @param deleted how many with {@code \Deleted}
 * @param size their octets together
 */
public record Mailbox(
        String id,
        String path,
        @Nullable String specialUse,
        boolean subscribed,
        long uidValidity,
        long uidNext,
        long highestModSeq,
        long messages,
        long unseen,
        long deleted,
        long size) {}
