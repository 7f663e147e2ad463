package cz.digidig.storage.search;

import cz.digidig.storage.index.TextCondition;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index tells of a condition, for each row.
 *
 * @param covered rows whose messages are in the index
 * @param sure those for which it holds
 * @param maybe those for which only the text tells
 */
record Known(BitSet covered, BitSet sure, BitSet maybe) {
    Criterion.Answer answer(int row) {
        if (sure.get(row)) {
            return Criterion.Answer.YES;
        }
        return maybe.get(row) || !covered.get(row) ? Criterion.Answer.UNKNOWN : Criterion.Answer.NO;
    }

    /** Tells what the index tells. */
    interface Source {
        /** The index is not asked. */
        Source NOTHING = _ -> null;

        /**
         * What is known of one of several conditions, any of which is enough.
         *
         * @return null: nothing
         */
        @Nullable
        Known any(List<TextCondition> conditions);
    }
}
