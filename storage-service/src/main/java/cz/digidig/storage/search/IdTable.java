package cz.digidig.storage.search;

import cz.digidig.storage.journal.MessageId;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** The rows of messages by their ids. Immutable. */
final class IdTable {
    private static final int NONE = -1;

    private final long[] high;
    private final long[] low;
    private final int[] slots;
    /** The next row of the same slot. */
    private final int[] following;

    private IdTable(int rows) {
        high = new long[rows];
        low = new long[rows];
        slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, rows)) * 2)];
        following = new int[rows];
        Arrays.fill(slots, NONE);
    }

    static IdTable of(Rows rows) {
        IdTable table = new IdTable(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            MessageId id = MessageId.parse(rows.id(row));
            table.high[row] = id.high();
            table.low[row] = id.low();
            int slot = table.slot(id.high(), id.low());
            table.following[row] = table.slots[slot];
            table.slots[slot] = row;
        }
        return table;
    }

    private int slot(long idHigh, long idLow) {
        return (int) (((idHigh ^ idLow) * 0x9E3779B97F4A7C15L) >>> 32) & (slots.length - 1);
    }

    /** Names each row that has the message. */
    void rows(long idHigh, long idLow, IntConsumer found) {
        for (int row = slots[slot(idHigh, idLow)]; row != NONE; row = following[row]) {
            if (high[row] == idHigh && low[row] == idLow) {
                found.accept(row);
            }
        }
    }
}
