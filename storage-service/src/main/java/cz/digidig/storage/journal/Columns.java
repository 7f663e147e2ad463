package cz.digidig.storage.journal;

import cz.digidig.common.api.storage.MessageColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Rows as the contract's columns. */
final class Columns {
    private Columns() {}

    static MessageColumns of(List<MessageRow> rows, IntFunction<String> keyword) {
        int count = rows.size();
        long[] uid = new long[count];
        String[] id = new String[count];
        long[] modSeq = new long[count];
        int[] flags = new int[count];
        long[] size = new long[count];
        long[] internalDate = new long[count];
        List<MessageColumns.Keywords> keywords = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MessageRow row = rows.get(i);
            uid[i] = row.uid();
            id[i] = row.id().toString();
            modSeq[i] = row.modSeq();
            flags[i] = row.flags();
            size[i] = row.size();
            internalDate[i] = row.internalDate();
            if (row.keywords().length > 0) {
                keywords.add(new MessageColumns.Keywords(
                        row.uid(),
                        Arrays.stream(row.keywords()).mapToObj(keyword).toList()));
            }
        }
        return new MessageColumns(uid, id, modSeq, flags, size, internalDate, keywords);
    }
}
