package cz.digidig.smtp.protocol;

import java.util.Locale;

/**
 * MAIL FROM (RFC 5321 §4.1.1.2) with the parameters of SIZE (RFC 1870), 8BITMIME (RFC 6152), SMTPUTF8 (RFC 6531), DSN
 * (RFC 3461) and AUTH (RFC 4954 §5).
 *
 * @param from the reverse path
 * @param size the octets announced; -1: not said
 * @param body what the content may hold
 * @param smtpUtf8 whether addresses and header may be UTF-8
 * @param ret how much of the message a failure report should return
 * @param envelopeId the sender's own name of the envelope, still in xtext; empty: none
 * @param auth whom the client says it was submitted by, decoded; empty: not said. Believed by nobody
 */
public record MailCommand(
        ReversePath from, long size, Body body, boolean smtpUtf8, Return ret, String envelopeId, String auth)
        implements SmtpCommand {
    private static final int LONGEST_ENVELOPE_ID = 100;
    private static final int MOST_DIGITS = 18;

    /** What the content may hold (RFC 6152). */
    public enum Body {
        SEVEN_BIT,
        EIGHT_BIT_MIME
    }

    /** What a failure report should return (RFC 3461 §4.3). */
    public enum Return {
        UNSAID,
        HEADERS,
        FULL
    }

    static MailCommand read(String rest) {
        PathReader reader = new PathReader(rest, "FROM:", EnhancedStatus.BAD_SENDER_SYNTAX);
        String path = reader.readPath();
        ReversePath from = path.isEmpty() ? new ReversePath.Nobody() : new ReversePath.Mailbox(reader.address(path));
        long size = -1;
        Body body = Body.SEVEN_BIT;
        boolean smtpUtf8 = false;
        Return ret = Return.UNSAID;
        String envelopeId = "";
        String auth = "";
        for (Parameters.Parameter parameter : reader.parameters().list()) {
            switch (parameter.keyword()) {
                case "SIZE" -> size = number(parameter.needed());
                case "BODY" -> body = body(parameter.needed());
                case "SMTPUTF8" -> smtpUtf8 = flag(parameter);
                case "RET" -> ret = ret(parameter.needed());
                case "ENVID" -> envelopeId = envelopeId(parameter.needed());
                case "AUTH" -> auth = Xtext.decode(parameter.needed());
                default -> throw BadSyntax.parameter(parameter.keyword());
            }
        }
        if (!smtpUtf8 && !isAscii(path)) {
            throw new BadSyntax(SmtpReply.of(553, EnhancedStatus.NEEDS_UTF8, "This address needs SMTPUTF8"));
        }
        return new MailCommand(from, size, body, smtpUtf8, ret, envelopeId, auth);
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean flag(Parameters.Parameter parameter) {
        if (parameter.hasValue()) {
            throw BadSyntax.argument("This parameter takes no value: " + parameter.keyword());
        }
        return true;
    }

    private static long number(String digits) {
        if (digits.length() > MOST_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw BadSyntax.argument("Not a number of octets");
        }
        return Long.parseLong(digits);
    }

    private static Body body(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "7BIT" -> Body.SEVEN_BIT;
            case "8BITMIME" -> Body.EIGHT_BIT_MIME;
            default -> throw BadSyntax.argument("BODY is 7BIT or 8BITMIME here");
        };
    }

    private static Return ret(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "FULL" -> Return.FULL;
            case "HDRS" -> Return.HEADERS;
            default -> throw BadSyntax.argument("RET is FULL or HDRS");
        };
    }

    private static String envelopeId(String value) {
        String plain = Xtext.decode(value);
        if (value.length() > LONGEST_ENVELOPE_ID || !plain.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw BadSyntax.argument("Not an envelope id");
        }
        return value;
    }
}
