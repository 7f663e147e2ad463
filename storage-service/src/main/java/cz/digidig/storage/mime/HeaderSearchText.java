package cz.digidig.storage.mime;

/** Makes the searched form of a header: {@link SearchText#headers}. */
final class HeaderSearchText {
    private HeaderSearchText() {}

    static String of(byte[] octets, Header header, MimeLimits limits) {
        StringBuilder text = new StringBuilder(2048);
        StringBuilder value = new StringBuilder(256);
        for (int i = 0; i < header.size(); i++) {
            value.setLength(0);
            value(octets, header, i, value);
            int nameLength = header.nameEnd(i) - header.nameStart(i);
            int room = limits.searchedHeader() - text.length() - nameLength - 6;
            if (room < 0) {
                break;
            }
            text.append('\n');
            for (int at = header.nameStart(i); at < header.nameEnd(i); at++) {
                text.append(lower(octets[at]));
            }
            text.append(':').append(value, 0, Math.min(room, value.length()));
        }
        return text.append('\n').toString();
    }

    /** The folded value; most fields are plain ASCII and need no decoding. */
    private static void value(byte[] octets, Header header, int field, StringBuilder value) {
        int end = header.valueEnd(field);
        boolean blank = false;
        byte before = 0;
        for (int i = header.valueStart(field); i < end; i++) {
            byte c = octets[i];
            if (c < 0 || (c == '?' && before == '=')) {
                value.setLength(0);
                value.append(
                        CaseFold.fold(HeaderText.decode(header.value(field))).strip());
                return;
            }
            before = c;
            if (c <= ' ' || c == 0x7F) {
                // A folded line's end is removed, the white space behind it stays (RFC 5322 §2.2.3).
                blank = !value.isEmpty();
            } else {
                if (blank) {
                    value.append(' ');
                    blank = false;
                }
                value.append(lower(c));
            }
        }
    }

    private static char lower(byte c) {
        return (char) (c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
}
