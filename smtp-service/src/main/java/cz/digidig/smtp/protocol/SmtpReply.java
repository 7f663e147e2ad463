package cz.digidig.smtp.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reply, of one or more lines (RFC 5321 §4.2).
 *
 * @param code the three digits
 * @param status the enhanced code before each line (RFC 2034); null where none belongs (greeting, EHLO, 3yz)
 * @param lines the text, one or more; CRLF and codes are added when it is written
 */
public record SmtpReply(int code, @Nullable EnhancedStatus status, List<String> lines) {
    public SmtpReply {
        if (code < 200 || code > 599 || lines.isEmpty()) {
            throw new IllegalArgumentException("not a reply: " + code);
        }
        lines = List.copyOf(lines);
    }

    public static SmtpReply of(int code, EnhancedStatus status, String text) {
        return new SmtpReply(code, status, List.of(text));
    }

    public static SmtpReply plain(int code, String... lines) {
        return new SmtpReply(code, null, List.of(lines));
    }

    /** Whether it grants what was asked (2yz or 3yz). */
    public boolean positive() {
        return code < 400;
    }

    /** The reply as it goes over the wire. A character that could end or forge a line is written as {@code ?}. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(96);
        for (int i = 0; i < lines.size(); i++) {
            text.append(code).append(i == lines.size() - 1 ? ' ' : '-');
            if (status != null) {
                text.append(status).append(' ');
            }
            String line = lines.get(i);
            for (int j = 0; j < line.length(); j++) {
                char c = line.charAt(j);
                text.append(c < ' ' || c > '~' ? '?' : c);
            }
            text.append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
