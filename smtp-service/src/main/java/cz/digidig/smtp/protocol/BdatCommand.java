package cz.digidig.smtp.protocol;

import java.util.Locale;

/**
 * BDAT (RFC 3030 §2): exactly {@code size} octets follow the line.
 *
 * @param size octets of this chunk
 * @param last whether it ends the message
 */
public record BdatCommand(long size, boolean last) implements SmtpCommand {
    private static final int MOST_DIGITS = 18;

    static BdatCommand read(String rest) {
        String[] words = rest.strip().split(" +", -1);
        String digits = words[0];
        boolean fine = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && words.length <= 2
                && (words.length == 1 || words[1].toUpperCase(Locale.ROOT).equals("LAST"));
        if (!fine) {
            throw BadSyntax.argument("Write BDAT octets [LAST]");
        }
        return new BdatCommand(Long.parseLong(digits), words.length == 2);
    }
}
