package cz.digidig.smtp.mailauth;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One header field as its octets, folding and the last CRLF included (RFC 5322 §2.2). */
public final class HeaderField {
    private final byte[] octets;
    private final String name;
    private final int value;

    private HeaderField(byte[] octets, String name, int value) {
        this.octets = octets;
        this.name = name;
        this.value = value;
    }

    /** Reads a field; what has no colon is a field without a name. */
    public static HeaderField of(byte[] octets) {
        int colon = 0;
        while (colon < octets.length && octets[colon] != ':') {
            colon++;
        }
        if (colon == octets.length) {
            return new HeaderField(octets, "", 0);
        }
        // Space before the colon is obsolete syntax, but means the same name (RFC 5322 §4.5).
        String name = new String(octets, 0, colon, StandardCharsets.ISO_8859_1).stripTrailing();
        return new HeaderField(octets, name.toLowerCase(Locale.ROOT), colon + 1);
    }

    /** Its name in lower case; empty where there is none. */
    public String name() {
        return name;
    }

    /** All of it. Not a copy, so not to be changed. */
    public byte[] octets() {
        return octets;
    }

    /** Where its value begins among the octets: behind the colon. */
    public int valueStart() {
        return value;
    }

    /** What stands behind the colon as text, folding included, the last CRLF not. */
    public String value() {
        int end = octets.length;
        if (end >= 2 && octets[end - 2] == '\r' && octets[end - 1] == '\n') {
            end -= 2;
        }
        return new String(octets, value, Math.max(0, end - value), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
