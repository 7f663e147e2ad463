package cz.digidig.storage.mailbox;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Full names of mailboxes: levels separated by a slash; INBOX in any case is INBOX (RFC 9051 §5.1). */
final class MailboxPath {
    static final String INBOX = "INBOX";
    private static final int LEVELS = 20;
    private static final int LEVEL_LENGTH = 200;
    private static final int LENGTH = 1000;

    private MailboxPath() {}

    /**
     * The form in which a name is kept.
     *
     * @throws ProblemException {@code invalid} where it can't be a name
     */
    static String normalize(String given) {
        String path = Normalizer.normalize(given, Normalizer.Form.NFC);
        if (path.length() > LENGTH) {
            throw invalid("A mailbox name has at most " + LENGTH + " characters");
        }
        String[] levels = path.split("/", -1);
        if (levels.length > LEVELS) {
            throw invalid("A mailbox name has at most " + LEVELS + " levels");
        }
        for (String level : levels) {
            check(level);
        }
        if (levels[0].toUpperCase(Locale.ROOT).equals(INBOX)) {
            levels[0] = INBOX;
        }
        return String.join("/", levels);
    }

    private static void check(String level) {
        if (level.isBlank() || level.length() > LEVEL_LENGTH) {
            throw invalid("Each level of a mailbox name has 1 to " + LEVEL_LENGTH + " characters");
        }
        for (int i = 0; i < level.length(); i++) {
            char c = level.charAt(i);
            if (Character.isISOControl(c) || c == '*' || c == '%' || c == '\u2028' || c == '\u2029') {
                throw invalid("A mailbox name has no control characters, asterisks or percent signs");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < level.length()
                        && Character.isLowSurrogate(level.charAt(i + 1));
                if (!pair) {
                    throw invalid("A mailbox name is well-formed Unicode");
                }
                i++;
            }
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ErrorCode.INVALID, detail);
    }

    /** The names above, from the top. */
    static List<String> superiors(String path) {
        List<String> names = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            names.add(path.substring(0, slash));
        }
        return names;
    }
}
