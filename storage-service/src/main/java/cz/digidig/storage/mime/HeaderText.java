package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decodes encoded words (RFC 2047) and raw 8-bit text (RFC 6532, or what old software sent) in header values, and cleans
 * text for showing. Reads more than is legal: encoded words inside quoted strings, and with spaces in them.
 */
final class HeaderText {
    private HeaderText() {}

    /** The text of a value given as octets in ISO 8859-1 characters. */
    static String decode(String value) {
        if (value.indexOf("=?") < 0) {
            return decodeRaw(value);
        }
        return new Reader(value).read();
    }

    /** As {@link #decode}, in one line: control characters and runs of white space are one space. */
    static String shown(String value) {
        return oneLine(decode(value), Integer.MAX_VALUE);
    }

    /** Text in one line, without characters that are not seen, cut to a length. */
    static String oneLine(CharSequence text, int most) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), most));
        boolean blank = false;
        for (int i = 0; i < text.length() && line.length() + (blank ? 1 : 0) < most; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || (c >= 0x7F && c <= 0xA0) || c == 0x2028 || c == 0x2029) {
                blank = !line.isEmpty();
            } else if (!isInvisible(c)) {
                if (blank) {
                    line.append(' ');
                    blank = false;
                }
                line.append(c);
            }
        }
        if (!line.isEmpty() && Character.isHighSurrogate(line.charAt(line.length() - 1))) {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    /** Soft hyphen, zero-width and direction marks, byte order mark, and the joiner that senders pad previews with. */
    private static boolean isInvisible(char c) {
        return c == 0xAD
                || c == 0x34F
                || (c >= 0x200B && c <= 0x200F)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2060 && c <= 0x206F)
                || c == 0xFEFF
                || c == 0xFFFE
                || c == 0xFFFF;
    }

    private static String decodeRaw(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                byte[] octets = value.getBytes(ISO_8859_1);
                return CharsetText.decode(octets, 0, octets.length, null);
            }
        }
        return value;
    }

    private static final class Reader {
        private final String value;
        private final StringBuilder text;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream(64);
        private @Nullable String pendingCharset;

        /** Once nothing ends a word, nothing does: kept so that a bomb of openings stays linear. */
        private boolean noMoreEnds;

        Reader(String value) {
            this.value = value;
            this.text = new StringBuilder(value.length());
        }

        String read() {
            int plain = 0;
            int at = 0;
            while (true) {
                int open = value.indexOf("=?", at);
                if (open < 0) {
                    break;
                }
                int end = word(open, plain);
                if (end < 0) {
                    at = open + 2;
                } else {
                    at = end;
                    plain = end;
                }
            }
            flush();
            text.append(decodeRaw(value.substring(plain)));
            return text.toString();
        }

        /** Decodes the word that begins here; gives where it ends, or -1: it is none. */
        private int word(int open, int plain) {
            int charsetEnd = value.indexOf('?', open + 2);
            if (charsetEnd < 0
                    || charsetEnd + 2 >= value.length()
                    || value.charAt(charsetEnd + 2) != '?'
                    || noMoreEnds) {
                return -1;
            }
            char encoding = value.charAt(charsetEnd + 1);
            int start = charsetEnd + 3;
            int end = value.indexOf("?=", start);
            if (end < 0) {
                noMoreEnds = true;
                return -1;
            }
            byte[] octets = value.substring(start, end).getBytes(ISO_8859_1);
            byte[] decoded;
            if (encoding == 'b' || encoding == 'B') {
                decoded = TransferCoding.base64(octets, 0, octets.length, octets.length);
            } else if (encoding == 'q' || encoding == 'Q') {
                decoded = q(octets);
            } else {
                return -1;
            }
            String charset = value.substring(open + 2, charsetEnd);
            int language = charset.indexOf('*');
            charset = (language < 0 ? charset : charset.substring(0, language)).toLowerCase(Locale.ROOT);
            boolean adjacent = pendingCharset != null && isBlank(plain, open);
            if (!adjacent || !charset.equals(pendingCharset)) {
                flush();
                if (!adjacent) {
                    text.append(decodeRaw(value.substring(plain, open)));
                }
            }
            pendingCharset = charset;
            pending.write(decoded, 0, decoded.length);
            return end + 2;
        }

        private boolean isBlank(int from, int to) {
            for (int i = from; i < to; i++) {
                char c = value.charAt(i);
                if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                    return false;
                }
            }
            return true;
        }

        /** Adjacent words of one charset are decoded together: some software cuts characters in two. */
        private void flush() {
            if (pendingCharset != null) {
                byte[] octets = pending.toByteArray();
                text.append(CharsetText.decode(octets, 0, octets.length, pendingCharset));
                pending.reset();
                pendingCharset = null;
            }
        }

        private static byte[] q(byte[] octets) {
            byte[] plain = new byte[octets.length];
            int length = 0;
            for (int i = 0; i < octets.length; i++) {
                byte c = octets[i];
                if (c == '=' && i + 2 < octets.length) {
                    int high = TransferCoding.hex(octets[i + 1]);
                    int low = TransferCoding.hex(octets[i + 2]);
                    if (high >= 0 && low >= 0) {
                        c = (byte) (high << 4 | low);
                        i += 2;
                    }
                } else if (c == '_') {
                    c = ' ';
                }
                plain[length++] = c;
            }
            return java.util.Arrays.copyOf(plain, length);
        }
    }
}
