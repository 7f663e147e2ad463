package cz.digidig.storage.mime;

import java.util.Arrays;

/** Base64 and quoted-printable, read leniently (RFC 2045 §6.7 and §6.8): what is not of the encoding is passed over. */
public final class TransferCoding {
    private static final byte[] BASE64 = new byte[256];

    static {
        Arrays.fill(BASE64, (byte) -1);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < letters.length(); i++) {
            BASE64[letters.charAt(i)] = (byte) i;
        }
    }

    private TransferCoding() {}

    /**
     * Decodes a body.
     *
     * @param encoding in lower case; what is unknown is taken as it is
     * @param most the most octets to give
     */
    public static byte[] decode(byte[] octets, int from, int to, String encoding, int most) {
        return switch (encoding) {
            case "base64" -> base64(octets, from, to, most);
            case "quoted-printable" -> quotedPrintable(octets, from, to, most);
            default -> Arrays.copyOfRange(octets, from, Math.min(to, from + Math.min(most, to - from)));
        };
    }

    static byte[] base64(byte[] octets, int from, int to, int most) {
        byte[] plain = new byte[Math.min(most, (to - from) / 4 * 3 + 3)];
        int length = 0;
        int bits = 0;
        int held = 0;
        for (int i = from; i < to && length < plain.length; i++) {
            int value = BASE64[octets[i] & 0xFF];
            if (value < 0) {
                if (octets[i] == '=') {
                    // Padding ends a quantum; encoded texts put one behind the other go on.
                    bits = 0;
                    held = 0;
                }
                continue;
            }
            held = (held << 6 | value) & 0xFFFFFF;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                plain[length++] = (byte) (held >> bits);
            }
        }
        return Arrays.copyOf(plain, length);
    }

    /** The length of what {@link #base64} gives. */
    static long base64Length(byte[] octets, int from, int to) {
        long length = 0;
        int letters = 0;
        for (int i = from; i < to; i++) {
            if (BASE64[octets[i] & 0xFF] >= 0) {
                letters++;
            } else if (octets[i] == '=') {
                length += letters / 4 * 3L + (letters % 4 * 6) / 8;
                letters = 0;
            }
        }
        return length + letters / 4 * 3L + (letters % 4 * 6) / 8;
    }

    static byte[] quotedPrintable(byte[] octets, int from, int to, int most) {
        byte[] plain = new byte[Math.min(most, to - from)];
        int length = 0;
        int i = from;
        while (i < to && length < plain.length) {
            byte c = octets[i];
            if (c != '=') {
                plain[length++] = c;
                i++;
                continue;
            }
            int high = i + 1 < to ? hex(octets[i + 1]) : -1;
            int low = i + 2 < to ? hex(octets[i + 2]) : -1;
            if (high >= 0 && low >= 0) {
                plain[length++] = (byte) (high << 4 | low);
                i += 3;
                continue;
            }
            int end = i + 1;
            // A soft line break may have blanks behind it; no more than a line may.
            while (end < to && end - i < 80 && (octets[end] == ' ' || octets[end] == '\t' || octets[end] == '\r')) {
                end++;
            }
            if (end >= to || octets[end] == '\n') {
                i = end + 1;
            } else {
                plain[length++] = c;
                i++;
            }
        }
        return Arrays.copyOf(plain, length);
    }

    static int hex(byte c) {
        return Character.digit((char) (c & 0xFF), 16);
    }
}
