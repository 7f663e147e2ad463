package cz.digidig.smtp.protocol;

import cz.digidig.common.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a From field (RFC 5322 §3.6.2, RFC 6854 left out). Strict: what two programs may read differently is
 * not read at all, since who may send as whom is judged by it.
 */
public final class AuthorField {
    private static final int MOST_COMMENTS = 20;

    private final String text;
    private final List<EmailAddress> addresses = new ArrayList<>();
    private int at;

    private AuthorField(String text) {
        this.text = text;
    }

    /**
     * The authors by the field's value, still folded or not; empty where it is no list of mailboxes.
     */
    public static Optional<List<EmailAddress>> parse(String value) {
        AuthorField field = new AuthorField(value.replaceAll("\r\n(?=[ \t])", ""));
        return field.readAll() ? Optional.of(List.copyOf(field.addresses)) : Optional.empty();
    }

    private boolean readAll() {
        do {
            Optional<EmailAddress> one = mailbox();
            if (one.isEmpty()) {
                return false;
            }
            addresses.add(one.get());
        } while (at++ < text.length());
        return true;
    }

    /** One mailbox, up to a comma or the end. */
    private Optional<EmailAddress> mailbox() {
        StringBuilder words = new StringBuilder();
        String angle = null;
        while (at < text.length() && text.charAt(at) != ',') {
            char c = text.charAt(at);
            boolean readable =
                    switch (c) {
                        case '(' -> comment();
                        case '"' -> quoted(words);
                        case '<' -> {
                            int end = angle == null ? endOfAngle() : -1;
                            if (end < 0) {
                                yield false;
                            }
                            angle = text.substring(at + 1, end);
                            at = end + 1;
                            yield true;
                        }
                        case '>', ':', ';', '\\', ')', '[', ']' -> angle == null && literal(c, words);
                        default -> (c >= ' ' && c != 0x7f) ? plain(c, angle == null ? words : null) : tab(c);
                    };
            if (!readable) {
                return Optional.empty();
            }
        }
        return EmailAddress.parse((angle == null ? words.toString() : angle).strip());
    }

    /** A domain literal may stand in a bare address; nothing else of the specials may. */
    private boolean literal(char c, StringBuilder words) {
        if (c != '[' || words.isEmpty() || words.charAt(words.length() - 1) != '@') {
            return false;
        }
        int end = text.indexOf(']', at);
        if (end < 0) {
            return false;
        }
        words.append(text, at, end + 1);
        at = end + 1;
        return true;
    }

    private boolean plain(char c, @Nullable StringBuilder words) {
        at++;
        if (words != null) {
            words.append(c);
            return true;
        }
        return c == ' ';
    }

    private boolean tab(char c) {
        at++;
        return c == '\t';
    }

    private boolean quoted(StringBuilder words) {
        int end = endOfQuoted(at);
        if (end < 0) {
            return false;
        }
        words.append(text, at, end + 1);
        at = end + 1;
        return true;
    }

    private int endOfQuoted(int from) {
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            } else if (c == '\r' || c == '\n' || c == 0) {
                return -1;
            }
        }
        return -1;
    }

    private int endOfAngle() {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                i = endOfQuoted(i);
                if (i < 0) {
                    return -1;
                }
            } else if (c == '>') {
                return i;
            } else if (c == '<' || c == '(' || c < ' ') {
                return -1;
            }
        }
        return -1;
    }

    private boolean comment() {
        int depth = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '(') {
                depth++;
                if (depth > MOST_COMMENTS) {
                    return false;
                }
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    at++;
                    return true;
                }
            } else if (c == '\r' || c == '\n' || c == 0) {
                return false;
            }
        }
        return false;
    }
}
