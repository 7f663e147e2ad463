package cz.digidig.imap.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;

/**
 * A mailbox's full name in Unicode (NFC), its levels separated by {@code /}; INBOX in capitals, at whatever level its
 * inferiors are. On the wire it is UTF-8 or modified UTF-7 (RFC 3501 §5.1.3), by what the session enabled.
 *
 * @param path the name
 */
public record MailboxName(String path) {
    public static final String INBOX = "INBOX";
    public static final char SEPARATOR = '/';

    private static final Base64.Decoder DECODER = Base64.getDecoder();
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    /** From Unicode. */
    public static MailboxName of(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        int end = normal.indexOf(SEPARATOR);
        String first = end < 0 ? normal : normal.substring(0, end);
        if (first.length() == INBOX.length() && first.toUpperCase(Locale.ROOT).equals(INBOX)) {
            return new MailboxName(INBOX + normal.substring(first.length()));
        }
        return new MailboxName(normal);
    }

    /**
     * From modified UTF-7; a name with octets above 127 was taken for UTF-8 and is left as it is.
     *
     * @param failure makes the exception for a malformed name
     */
    static <E extends RuntimeException> MailboxName decode(String text, Function<String, E> failure) {
        if (text.indexOf('&') < 0 || text.chars().anyMatch(c -> c > 0x7e)) {
            return of(text);
        }
        StringBuilder plain = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '&') {
                plain.append(c);
                i++;
                continue;
            }
            int end = text.indexOf('-', i);
            if (end < 0) {
                throw failure.apply("Modified UTF-7 not closed by '-'");
            }
            if (end == i + 1) {
                plain.append('&');
            } else {
                try {
                    byte[] octets = DECODER.decode(text.substring(i + 1, end).replace(',', '/'));
                    if (octets.length % 2 != 0) {
                        throw failure.apply("Malformed modified UTF-7");
                    }
                    plain.append(StandardCharsets.UTF_16BE.decode(ByteBuffer.wrap(octets)));
                } catch (IllegalArgumentException malformed) {
                    throw failure.apply("Malformed modified UTF-7");
                }
            }
            i = end + 1;
        }
        return of(plain.toString());
    }

    /** The name in modified UTF-7 (RFC 3501 §5.1.3). */
    public String utf7() {
        if (path.chars().allMatch(c -> c >= 0x20 && c <= 0x7e && c != '&')) {
            return path;
        }
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < path.length()) {
            char c = path.charAt(i);
            if (c == '&') {
                text.append("&-");
                i++;
            } else if (c >= 0x20 && c <= 0x7e) {
                text.append(c);
                i++;
            } else {
                int start = i;
                while (i < path.length() && (path.charAt(i) < 0x20 || path.charAt(i) > 0x7e)) {
                    i++;
                }
                byte[] octets = path.substring(start, i).getBytes(StandardCharsets.UTF_16BE);
                text.append('&')
                        .append(ENCODER.encodeToString(octets).replace('/', ','))
                        .append('-');
            }
        }
        return text.toString();
    }

    public boolean isInbox() {
        return path.equals(INBOX);
    }

    /** Whether this lies below a name. */
    public boolean isBelow(String superior) {
        return path.length() > superior.length() && path.startsWith(superior) && path.charAt(superior.length()) == '/';
    }
}
