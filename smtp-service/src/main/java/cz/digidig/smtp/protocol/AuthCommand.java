package cz.digidig.smtp.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * AUTH (RFC 4954 §4).
 *
 * @param mechanism the SASL mechanism in upper case
 * @param initial the initial response in base64 as sent, {@code =} for an empty one; null: none was sent
 */
public record AuthCommand(String mechanism, @Nullable String initial) implements SmtpCommand {
    static AuthCommand read(String rest) {
        String[] words = rest.strip().split(" +", -1);
        if (words[0].isEmpty() || words[0].length() > 20 || words.length > 2) {
            throw BadSyntax.argument("Write AUTH mechanism [initial response]");
        }
        return new AuthCommand(words[0].toUpperCase(Locale.ROOT), words.length == 2 ? words[1] : null);
    }

    /** Without the response: it holds a password. */
    @Override
    public String toString() {
        return "AuthCommand[mechanism=" + mechanism + "]";
    }
}
