package cz.digidig.smtp.protocol;

/**
 * EHLO or HELO (RFC 5321 §4.1.1.1). The name is what the client says of itself: kept for the trace, believed by nobody.
 *
 * @param extended true: EHLO
 * @param name a domain or an address literal, in characters that may stand in a Received field
 */
public record HelloCommand(boolean extended, String name) implements SmtpCommand {
    private static final int LONGEST = 255;

    static HelloCommand read(boolean extended, String rest) {
        String name = rest.strip();
        if (name.isEmpty() || name.length() > LONGEST) {
            throw BadSyntax.argument("Say who you are: a domain or an address literal");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fine = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._:[]".indexOf(c) >= 0;
            if (!fine) {
                throw BadSyntax.argument("Not a domain or an address literal");
            }
        }
        return new HelloCommand(extended, name);
    }
}
