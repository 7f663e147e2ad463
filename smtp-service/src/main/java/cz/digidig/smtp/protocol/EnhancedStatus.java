package cz.digidig.smtp.protocol;

import java.util.Optional;

/**
 * An enhanced mail system status code (RFC 3463, RFC 5248).
 *
 * @param kind 2 success, 4 a failure that may pass, 5 a lasting failure
 * @param subject what it is about
 * @param detail which condition
 */
public record EnhancedStatus(int kind, int subject, int detail) {
    public static final EnhancedStatus OK = new EnhancedStatus(2, 0, 0);
    public static final EnhancedStatus SENDER_OK = new EnhancedStatus(2, 1, 0);
    public static final EnhancedStatus RECIPIENT_OK = new EnhancedStatus(2, 1, 5);
    public static final EnhancedStatus MESSAGE_OK = new EnhancedStatus(2, 6, 0);
    public static final EnhancedStatus LOGGED_IN = new EnhancedStatus(2, 7, 0);
    public static final EnhancedStatus UNKNOWN_MAILBOX = new EnhancedStatus(5, 1, 1);
    public static final EnhancedStatus BAD_RECIPIENT_SYNTAX = new EnhancedStatus(5, 1, 3);
    public static final EnhancedStatus BAD_SENDER_SYNTAX = new EnhancedStatus(5, 1, 7);
    public static final EnhancedStatus MAILBOX_DISABLED = new EnhancedStatus(5, 2, 1);
    public static final EnhancedStatus MAILBOX_FULL = new EnhancedStatus(5, 2, 2);
    public static final EnhancedStatus SYSTEM_TROUBLE = new EnhancedStatus(4, 3, 0);
    public static final EnhancedStatus SYSTEM_FULL = new EnhancedStatus(4, 3, 1);
    public static final EnhancedStatus CLOSING = new EnhancedStatus(4, 3, 2);
    public static final EnhancedStatus MESSAGE_TOO_BIG = new EnhancedStatus(5, 3, 4);
    public static final EnhancedStatus DIRECTORY_DOWN = new EnhancedStatus(4, 4, 3);
    public static final EnhancedStatus TIMED_OUT = new EnhancedStatus(4, 4, 2);
    public static final EnhancedStatus EXPIRED = new EnhancedStatus(5, 4, 7);
    public static final EnhancedStatus MAIL_LOOP = new EnhancedStatus(5, 4, 6);
    public static final EnhancedStatus BAD_SEQUENCE = new EnhancedStatus(5, 5, 1);
    public static final EnhancedStatus BAD_COMMAND_SYNTAX = new EnhancedStatus(5, 5, 2);
    public static final EnhancedStatus TOO_MANY_RECIPIENTS = new EnhancedStatus(4, 5, 3);
    public static final EnhancedStatus BAD_ARGUMENTS = new EnhancedStatus(5, 5, 4);
    public static final EnhancedStatus LINE_TOO_LONG = new EnhancedStatus(5, 5, 6);
    public static final EnhancedStatus BAD_CONTENT = new EnhancedStatus(5, 6, 0);
    public static final EnhancedStatus NEEDS_UTF8 = new EnhancedStatus(5, 6, 7);
    public static final EnhancedStatus UNSOLICITED = new EnhancedStatus(5, 7, 0);
    public static final EnhancedStatus NOT_AUTHORISED = new EnhancedStatus(5, 7, 1);
    public static final EnhancedStatus BAD_CREDENTIALS = new EnhancedStatus(5, 7, 8);
    public static final EnhancedStatus TOO_MANY_ATTEMPTS = new EnhancedStatus(4, 7, 0);

    public static final EnhancedStatus DAILY_LIMIT = new EnhancedStatus(4, 7, 1);
    public static final EnhancedStatus BAD_DOMAIN = new EnhancedStatus(5, 1, 2);
    public static final EnhancedStatus NULL_MX = new EnhancedStatus(5, 1, 10);
    public static final EnhancedStatus NO_ANSWER = new EnhancedStatus(4, 4, 1);
    public static final EnhancedStatus UNROUTABLE = new EnhancedStatus(5, 4, 4);
    public static final EnhancedStatus PROTOCOL_TROUBLE = new EnhancedStatus(4, 5, 0);
    public static final EnhancedStatus NEEDS_EIGHT_BIT = new EnhancedStatus(5, 6, 3);
    public static final EnhancedStatus TLS_TROUBLE = new EnhancedStatus(4, 7, 5);

    /** Reads {@code 5.1.1} from the beginning of a reply's text; empty where none stands there. */
    public static Optional<EnhancedStatus> startOf(String text) {
        int space = text.indexOf(' ');
        String[] parts = (space < 0 ? text : text.substring(0, space)).split("\\.", -1);
        if (parts.length != 3 || parts[0].length() != 1 || "245".indexOf(parts[0].charAt(0)) < 0) {
            return Optional.empty();
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new EnhancedStatus(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }

    @Override
    public String toString() {
        return kind + "." + subject + "." + detail;
    }
}
