package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one header, as offsets into the message. Values are given unfolded (RFC 5322 §2.2.3), trimmed, as octets
 * in ISO 8859-1 characters, without NUL.
 */
final class Header {
    private static final int INTS = 4;

    private final byte[] octets;
    private final MimeLimits limits;
    private int[] offsets = new int[INTS * 8];
    private int count;

    Header(byte[] octets, MimeLimits limits) {
        this.octets = octets;
        this.limits = limits;
    }

    /** Adds a field; its end is set as its lines are read. */
    void add(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        int at = INTS * count;
        if (at == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * at);
        }
        offsets[at] = nameStart;
        offsets[at + 1] = nameEnd;
        offsets[at + 2] = valueStart;
        offsets[at + 3] = valueEnd;
        count++;
    }

    /** Adds a continuation line to the last field. */
    void extendTo(int valueEnd) {
        offsets[INTS * count - 1] = valueEnd;
    }

    int size() {
        return count;
    }

    int nameStart(int field) {
        return offsets[INTS * field];
    }

    int nameEnd(int field) {
        return offsets[INTS * field + 1];
    }

    int valueStart(int field) {
        return offsets[INTS * field + 2];
    }

    /** Bounded by the limit of a field's length. */
    int valueEnd(int field) {
        return Math.min(offsets[INTS * field + 3], valueStart(field) + limits.fieldLength());
    }

    String name(int field) {
        return new String(octets, nameStart(field), nameEnd(field) - nameStart(field), ISO_8859_1);
    }

    /** The index of the first field with a name at or behind {@code from}; -1: none. */
    int find(String lowerName, int from) {
        int length = lowerName.length();
        for (int i = from; i < count; i++) {
            int start = nameStart(i);
            if (nameEnd(i) - start == length && named(start, lowerName)) {
                return i;
            }
        }
        return -1;
    }

    private boolean named(int start, String lowerName) {
        for (int i = 0; i < lowerName.length(); i++) {
            int c = octets[start + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The value of the first field of that name; null: there is none. */
    @Nullable
    String first(String lowerName) {
        int field = find(lowerName, 0);
        return field < 0 ? null : value(field);
    }

    /** The values of all fields of that name with commas between, as for address lists; null: there is none. */
    @Nullable
    String joined(String lowerName) {
        int field = find(lowerName, 0);
        if (field < 0) {
            return null;
        }
        String value = value(field);
        int next = find(lowerName, field + 1);
        if (next < 0) {
            return value;
        }
        StringBuilder all = new StringBuilder(value);
        while (next >= 0 && all.length() < limits.fieldLength()) {
            all.append(", ").append(value(next));
            next = find(lowerName, next + 1);
        }
        return all.toString();
    }

    String value(int field) {
        int start = valueStart(field);
        int end = valueEnd(field);
        while (start < end && isBlank(octets[start])) {
            start++;
        }
        while (end > start && isBlank(octets[end - 1])) {
            end--;
        }
        for (int i = start; i < end; i++) {
            if (octets[i] == '\n' || octets[i] == 0) {
                return unfolded(start, end);
            }
        }
        return new String(octets, start, end - start, ISO_8859_1);
    }

    private String unfolded(int start, int end) {
        byte[] plain = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            byte c = octets[i];
            boolean lineEnd = c == '\n' || (c == '\r' && i + 1 < end && octets[i + 1] == '\n');
            if (!lineEnd && c != 0) {
                plain[length++] = c;
            }
        }
        return new String(plain, 0, length, ISO_8859_1);
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0;
    }
}
