package cz.digidig.smtp.protocol;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * RCPT TO (RFC 5321 §4.1.1.3) with the DSN parameters (RFC 3461 §4.1, §4.2).
 *
 * @param to the recipient
 * @param international whether the address as written needs SMTPUTF8
 * @param notifyOn when the sender wants to be told; empty: not said
 * @param original the original recipient as {@code type;xtext}; empty: not said
 */
public record RcptCommand(ForwardPath to, boolean international, Set<Notify> notifyOn, String original)
        implements SmtpCommand {
    private static final int LONGEST_ORIGINAL = 500;

    /** When the sender wants to be told of a recipient's fate. */
    public enum Notify {
        NEVER,
        SUCCESS,
        FAILURE,
        DELAY
    }

    public RcptCommand {
        notifyOn = Set.copyOf(notifyOn);
    }

    static RcptCommand read(String rest) {
        PathReader reader = new PathReader(rest, "TO:", EnhancedStatus.BAD_RECIPIENT_SYNTAX);
        String path = reader.readPath();
        ForwardPath to = path.equalsIgnoreCase("postmaster")
                ? new ForwardPath.Postmaster()
                : new ForwardPath.Mailbox(reader.address(path));
        Set<Notify> notifyOn = Set.of();
        String original = "";
        for (Parameters.Parameter parameter : reader.parameters().list()) {
            switch (parameter.keyword()) {
                case "NOTIFY" -> notifyOn = wanted(parameter.needed());
                case "ORCPT" -> original = original(parameter.needed());
                default -> throw BadSyntax.parameter(parameter.keyword());
            }
        }
        return new RcptCommand(to, !MailCommand.isAscii(path), notifyOn, original);
    }

    private static Set<Notify> wanted(String value) {
        EnumSet<Notify> wanted = EnumSet.noneOf(Notify.class);
        for (String word : value.toUpperCase(Locale.ROOT).split(",", -1)) {
            Notify one =
                    switch (word) {
                        case "NEVER" -> Notify.NEVER;
                        case "SUCCESS" -> Notify.SUCCESS;
                        case "FAILURE" -> Notify.FAILURE;
                        case "DELAY" -> Notify.DELAY;
                        default -> throw BadSyntax.argument("NOTIFY is NEVER or a list of SUCCESS, FAILURE, DELAY");
                    };
            wanted.add(one);
        }
        if (wanted.contains(Notify.NEVER) && wanted.size() > 1) {
            throw BadSyntax.argument("NOTIFY=NEVER stands alone");
        }
        return wanted;
    }

    private static String original(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 1 || semicolon == value.length() - 1 || value.length() > LONGEST_ORIGINAL) {
            throw BadSyntax.argument("ORCPT is type;address");
        }
        for (int i = 0; i < semicolon; i++) {
            char c = value.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')) {
                throw BadSyntax.argument("ORCPT is type;address");
            }
        }
        // The utf-8 type has an encoding of its own (RFC 6533 §3) in which any UTF-8 may stand as it is.
        if (!value.regionMatches(true, 0, "utf-8;", 0, 6)) {
            Xtext.decode(value.substring(semicolon + 1));
        }
        return value;
    }
}
