package cz.digidig.imap.mailbox;

import java.util.List;
import java.util.Map;

/**
 * Messages as columns, ascending by UID, each at the same index.
 *
 * @param uid UIDs
 * @param id message ids, printable ASCII
 * @param modSeq mod-sequences
 * @param flags system flags as bits
 * @param size octets
 * @param internalDate milliseconds since 1970 UTC
 * @param keywords by UID, of those messages that have any
 */
public record Rows(
        long[] uid,
        String[] id,
        long[] modSeq,
        int[] flags,
        long[] size,
        long[] internalDate,
        Map<Long, List<String>> keywords) {
    public static final Rows NONE =
            new Rows(new long[0], new String[0], new long[0], new int[0], new long[0], new long[0], Map.of());

    public int count() {
        return uid.length;
    }
}
