package cz.digidig.storage.journal;

import cz.digidig.common.mailbox.UidSet;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The messages of 256 UIDs in a row: those that are there, and those that were. Immutable.
 *
 * @param number the UIDs' higher bits
 * @param modSeq of the last change in it; two pages of a mailbox with the same number and mod-sequence are equal
 * @param rows the messages, ascending by UID
 * @param gone expunged UIDs, ascending, and the mod-sequence of each expunge, in turn
 */
record Page(int number, long modSeq, MessageRow[] rows, long[] gone) {
    static final int BITS = 8;
    private static final MessageRow[] NO_ROWS = {};
    private static final long[] NONE = {};

    static int numberOf(long uid) {
        return (int) (uid >>> BITS);
    }

    static Page empty(int number) {
        return new Page(number, 0, NO_ROWS, NONE);
    }

    static String documentId(String mailbox, int number) {
        return mailbox + "/" + number;
    }

    static Page read(int number, @Nullable Document document) {
        if (document == null) {
            return empty(number);
        }
        return new Page(
                number,
                document.getLong("modSeq"),
                RowCodec.rows(document.get("rows", Binary.class).getData()),
                RowCodec.gone(document.get("gone", Binary.class).getData()));
    }

    Document write(String mailbox) {
        return new Document("_id", documentId(mailbox, number))
                .append("mailbox", mailbox)
                .append("modSeq", modSeq)
                .append("rows", new Binary(RowCodec.rows(rows)))
                .append("gone", new Binary(RowCodec.gone(gone)));
    }

    /** The place of a UID among the rows, or a negative number. */
    int indexOf(long uid) {
        int low = 0;
        int high = rows.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = rows[middle].uid();
            if (there < uid) {
                low = middle + 1;
            } else if (there > uid) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /** With new messages, whose UIDs are above all that it has. */
    Page added(long newModSeq, List<MessageRow> added) {
        MessageRow[] all = Arrays.copyOf(rows, rows.length + added.size());
        for (int i = 0; i < added.size(); i++) {
            all[rows.length + i] = added.get(i);
        }
        return new Page(number, newModSeq, all, gone);
    }

    /** With other flags on those of the UIDs that it has. */
    Page flagged(long newModSeq, UidSet uids, int flags, int[] keywords) {
        MessageRow[] changed = rows.clone();
        for (int i = 0; i < changed.length; i++) {
            if (uids.contains(changed[i].uid())) {
                changed[i] = changed[i].flagged(newModSeq, flags, keywords);
            }
        }
        return new Page(number, newModSeq, changed, gone);
    }

    /** Without those of the UIDs that it has; they are remembered as gone. */
    Page expunged(long newModSeq, UidSet uids) {
        MessageRow[] kept = new MessageRow[rows.length];
        long[] went = Arrays.copyOf(gone, gone.length + 2 * rows.length);
        int keptCount = 0;
        int wentCount = gone.length;
        for (MessageRow row : rows) {
            if (uids.contains(row.uid())) {
                went[wentCount++] = row.uid();
                went[wentCount++] = newModSeq;
            } else {
                kept[keptCount++] = row;
            }
        }
        return new Page(
                number,
                newModSeq,
                Arrays.copyOf(kept, keptCount),
                sortedPairs(Arrays.copyOf(went, wentCount), gone.length));
    }

    /** Merges two ascending runs of pairs. */
    private static long[] sortedPairs(long[] pairs, int border) {
        if (border == 0 || border == pairs.length || pairs[border - 2] < pairs[border]) {
            return pairs;
        }
        long[] merged = new long[pairs.length];
        int left = 0;
        int right = border;
        for (int i = 0; i < merged.length; i += 2) {
            boolean takeLeft = right >= pairs.length || (left < border && pairs[left] < pairs[right]);
            int from = takeLeft ? left : right;
            merged[i] = pairs[from];
            merged[i + 1] = pairs[from + 1];
            if (takeLeft) {
                left += 2;
            } else {
                right += 2;
            }
        }
        return merged;
    }
}
