package cz.digidig.smtp.mailauth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message's header.
 *
 * @param fields its fields, top to bottom
 * @param complete false: it was larger than the limit, and the rest of it is missing here
 */
public record MessageHeader(List<HeaderField> fields, boolean complete) {
    public MessageHeader {
        fields = List.copyOf(fields);
    }

    /** The fields of that name (lower case), top to bottom. */
    public List<HeaderField> named(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).toList();
    }

    /** Reads the octets of whole lines before the empty one. */
    static MessageHeader read(byte[] octets, int length, boolean complete) {
        List<HeaderField> fields = new ArrayList<>();
        int start = 0;
        for (int next = lineEnd(octets, start, length); start < length; next = lineEnd(octets, next, length)) {
            boolean folded = next < length && (octets[next] == ' ' || octets[next] == '\t');
            if (!folded) {
                fields.add(HeaderField.of(Arrays.copyOfRange(octets, start, next)));
                start = next;
            }
        }
        return new MessageHeader(fields, complete);
    }

    private static int lineEnd(byte[] octets, int from, int length) {
        for (int i = from; i + 1 < length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n') {
                return i + 2;
            }
        }
        return length;
    }
}
