package cz.digidig.common.mailbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * An immutable set of UIDs, kept as ascending, disjoint, non-adjacent ranges. Its text form is an IMAP {@code
 * sequence-set} without {@code *} ({@code 1:5,9}); empty: the empty string (RFC 9051 §9). UIDs are 1 to 4294967295.
 */
public final class UidSet {
    public static final long MAX_UID = 0xFFFF_FFFFL;
    public static final UidSet EMPTY = new UidSet(new long[0]);

    /** First and last of each range, in turn. */
    private final long[] bounds;

    private UidSet(long[] bounds) {
        this.bounds = bounds;
    }

    /** One range, both ends included; they may be given in either order. */
    public static UidSet range(long one, long other) {
        long first = Math.min(one, other);
        long last = Math.max(one, other);
        if (first < 1 || last > MAX_UID) {
            throw new IllegalArgumentException("UID out of range: " + one + ":" + other);
        }
        return new UidSet(new long[] {first, last});
    }

    /** Any UIDs, in any order, repeats allowed. */
    public static UidSet of(long... uids) {
        long[] sorted = uids.clone();
        Arrays.sort(sorted);
        Builder builder = new Builder();
        for (long uid : sorted) {
            builder.add(uid);
        }
        return builder.build();
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is malformed or a UID is out of range
     */
    public static UidSet parse(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        List<long[]> ranges = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            int colon = text.indexOf(':', start);
            if (colon < 0 || colon >= end) {
                long uid = number(text, start, end);
                ranges.add(new long[] {uid, uid});
            } else {
                long one = number(text, start, colon);
                long other = number(text, colon + 1, end);
                ranges.add(new long[] {Math.min(one, other), Math.max(one, other)});
            }
            start = end + 1;
        }
        ranges.sort((a, b) -> Long.compare(a[0], b[0]));
        Builder builder = new Builder();
        for (long[] range : ranges) {
            builder.addRange(range[0], range[1]);
        }
        return builder.build();
    }

    private static long number(String text, int start, int end) {
        if (start >= end || end - start > 10) {
            throw new IllegalArgumentException("not a UID set: " + text);
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new IllegalArgumentException("not a UID set: " + text);
            }
            value = value * 10 + (c - '0');
        }
        if (value < 1 || value > MAX_UID) {
            throw new IllegalArgumentException("UID out of range: " + value);
        }
        return value;
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** How many UIDs. */
    public long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i] + 1;
        }
        return size;
    }

    public boolean contains(long uid) {
        int low = 0;
        int high = bounds.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (uid < bounds[2 * middle]) {
                high = middle - 1;
            } else if (uid > bounds[2 * middle + 1]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** How many ranges; {@link #first} and {@link #last} give the bounds of each. */
    public int ranges() {
        return bounds.length / 2;
    }

    public long first(int range) {
        return bounds[2 * range];
    }

    public long last(int range) {
        return bounds[2 * range + 1];
    }

    /** All UIDs ascending. Bound the set before: a range may hold four thousand million. */
    public LongStream stream() {
        return LongStream.range(0, bounds.length / 2)
                .flatMap(i -> LongStream.rangeClosed(bounds[(int) (2 * i)], bounds[(int) (2 * i + 1)]));
    }

    public PrimitiveIterator.OfLong iterator() {
        return stream().iterator();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            if (i > 0) {
                text.append(',');
            }
            text.append(bounds[i]);
            if (bounds[i + 1] != bounds[i]) {
                text.append(':').append(bounds[i + 1]);
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UidSet set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** Collects UIDs in ascending order. */
    public static final class Builder {
        private long[] bounds = new long[8];
        private int length;

        public Builder add(long uid) {
            return addRange(uid, uid);
        }

        /** The first of the range must not be below the first of the range before. */
        public Builder addRange(long first, long last) {
            if (length > 0 && first < bounds[length - 2]) {
                throw new IllegalArgumentException("not ascending: " + first);
            }
            if (length > 0 && first <= bounds[length - 1] + 1) {
                bounds[length - 1] = Math.max(bounds[length - 1], last);
                return this;
            }
            if (length == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * length);
            }
            bounds[length++] = first;
            bounds[length++] = last;
            return this;
        }

        public UidSet build() {
            return length == 0 ? EMPTY : new UidSet(Arrays.copyOf(bounds, length));
        }
    }
}
