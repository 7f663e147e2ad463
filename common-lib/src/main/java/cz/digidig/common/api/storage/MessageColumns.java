package cz.digidig.common.api.storage;

import java.util.List;

/**
 * Messages as columns, one row each at the same index, ascending by UID.
 *
 * @param uid UIDs
 * @param id message ids (opaque, the same in every mailbox that holds the message; RFC 8474 EMAILID)
 * @param modSeq mod-sequences
 * @param flags system flags as bits: Seen 1 and so on, in the order of {@code MessageFlag}
 * @param size octets (RFC822.SIZE)
 * @param internalDate INTERNALDATE, milliseconds since 1970 UTC
 * @param keywords keywords of those messages that have any
 */
public record MessageColumns(
        long[] uid,
        String[] id,
        long[] modSeq,
        int[] flags,
        long[] size,
        long[] internalDate,
        List<Keywords> keywords) {

    /**
     * The keywords of one message.
     *
     * @param uid whose
     * @param names not empty, in the case in which they were first used
     */
    public record Keywords(long uid, List<String> names) {}
}
