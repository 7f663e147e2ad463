package cz.digidig.imap.protocol;

import cz.digidig.common.mailbox.UidSet;
import java.util.Arrays;

/**
 * Message numbers as the client wrote them: sequence numbers or UIDs, ranges, {@code *}, or {@code $} for the saved
 * search result (RFC 9051 §9, RFC 5182).
 *
 * @param bounds first and last of each range as written; 0 stands for {@code *}
 * @param saved {@code $}: the bounds are empty
 */
public record SequenceSet(long[] bounds, boolean saved) {
    public static final SequenceSet SAVED = new SequenceSet(new long[0], true);

    static SequenceSet parse(CommandReader in, int most) {
        if (in.accept('$')) {
            return SAVED;
        }
        long[] bounds = new long[2];
        int length = 0;
        do {
            if (length == 2 * most) {
                throw in.bad("More than " + most + " ranges in a set");
            }
            if (length == bounds.length) {
                bounds = Arrays.copyOf(bounds, Math.min(2 * length, 2 * most));
            }
            long first = one(in);
            bounds[length++] = first;
            bounds[length++] = in.accept(':') ? one(in) : first;
        } while (in.accept(','));
        return new SequenceSet(Arrays.copyOf(bounds, length), false);
    }

    private static long one(CommandReader in) {
        if (in.accept('*')) {
            return 0;
        }
        long number = in.number();
        if (number == 0) {
            throw in.bad("Message numbers start at 1");
        }
        return number;
    }

    /**
     * The largest number written, 0 where there is none. Ranges with {@code *} don't count: clients write {@code 1:*} for
     * an empty mailbox too, and mean whatever there is.
     */
    public long largest() {
        long largest = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] != 0 && bounds[i + 1] != 0) {
                largest = Math.max(largest, Math.max(bounds[i], bounds[i + 1]));
            }
        }
        return largest;
    }

    /**
     * The numbers meant, where {@code *} is the largest in use.
     *
     * @param largest the number that {@code *} stands for; 0: the mailbox is empty, so nothing is meant
     */
    public UidSet resolve(long largest) {
        if (largest == 0 || bounds.length == 0) {
            return UidSet.EMPTY;
        }
        int count = bounds.length / 2;
        long[][] ranges = new long[count][];
        boolean ordered = true;
        for (int i = 0; i < count; i++) {
            long one = bounds[2 * i] == 0 ? largest : bounds[2 * i];
            long other = bounds[2 * i + 1] == 0 ? largest : bounds[2 * i + 1];
            ranges[i] = new long[] {Math.min(one, other), Math.max(one, other)};
            ordered &= i == 0 || ranges[i][0] >= ranges[i - 1][0];
        }
        if (!ordered) {
            Arrays.sort(ranges, (a, b) -> Long.compare(a[0], b[0]));
        }
        UidSet.Builder builder = new UidSet.Builder();
        for (long[] range : ranges) {
            builder.addRange(range[0], range[1]);
        }
        return builder.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SequenceSet set && saved == set.saved && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        if (saved) {
            return "$";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(bounds[i] == 0 ? "*" : Long.toString(bounds[i]));
            if (bounds[i + 1] != bounds[i]) {
                text.append(':').append(bounds[i + 1] == 0 ? "*" : Long.toString(bounds[i + 1]));
            }
        }
        return text.toString();
    }
}
