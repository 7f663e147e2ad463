package cz.digidig.common.api.storage;

import org.jspecify.annotations.Nullable;

/**
 * A mailbox with its counters.
 *
 * @param id opaque, stays the same through renames; also the IMAP MAILBOXID
 * @param path the full name, levels separated by {@code /}
 * @param specialUse the attribute without its backslash ({@code Sent}, {@code Trash}, ...; RFC 6154), or null
 * @param subscribed whether it is on the subscription list
 * @param uidValidity RFC 9051 §2.3.1.1
 * @param uidNext the UID that the next message gets
 * @param highestModSeq the highest mod-sequence in it (RFC 7162 §3.1.2.1)
 * @param messages how many messages
 * @param unseen how many without {@code \Seen}
 * @param deleted how many with {@code \Deleted}
 * @param size their octets together
 */
public record MailboxSummary(
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
