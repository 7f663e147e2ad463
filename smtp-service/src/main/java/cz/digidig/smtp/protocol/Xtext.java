package cz.digidig.smtp.protocol;

import java.nio.charset.StandardCharsets;

/** The encoding of arbitrary text in DSN and AUTH parameters (RFC 3461 §4). */
public final class Xtext {
    private Xtext() {}

    /** The plain text; {@link BadSyntax} where it is not xtext. */
    public static String decode(String encoded) {
        byte[] plain = new byte[encoded.length() * 3];
        int n = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '+') {
                int high = i + 2 < encoded.length() ? hex(encoded.charAt(i + 1)) : -1;
                int low = high < 0 ? -1 : hex(encoded.charAt(i + 2));
                if (low < 0) {
                    throw BadSyntax.argument("Not xtext");
                }
                plain[n++] = (byte) ((high << 4) | low);
                i += 2;
            } else if (c <= ' ' || c > '~' || c == '=') {
                throw BadSyntax.argument("Not xtext");
            } else {
                plain[n++] = (byte) c;
            }
        }
        return new String(plain, 0, n, StandardCharsets.UTF_8);
    }

    public static String encode(String plain) {
        StringBuilder encoded = new StringBuilder(plain.length());
        for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
            if (b <= ' ' || b > '~' || b == '+' || b == '=') {
                encoded.append('+').append(digit((b >> 4) & 15)).append(digit(b & 15));
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }

    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    private static char digit(int value) {
        return "0123456789ABCDEF".charAt(value);
    }
}
