package cz.digidig.smtp.mailauth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A list of tags and values (RFC 6376 §3.2), as in DKIM-Signature fields and in DKIM's and DMARC's records. Order is
 * kept, folding around values is not.
 */
public final class TagList {
    private final Map<String, String> tags;

    private TagList(Map<String, String> tags) {
        this.tags = tags;
    }

    /** Reads a list; empty where the syntax is not followed, a tag without {@code =} or a tag twice among that. */
    public static Optional<TagList> parse(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        int start = 0;
        while (start <= text.length()) {
            int semicolon = text.indexOf(';', start);
            int end = semicolon < 0 ? text.length() : semicolon;
            String tag = strip(text, start, end);
            if (tag.isEmpty()) {
                // Nothing may stand behind the last semicolon; between two something must.
                return semicolon < 0 && !tags.isEmpty() ? Optional.of(new TagList(tags)) : Optional.empty();
            }
            int equals = tag.indexOf('=');
            if (equals < 0) {
                return Optional.empty();
            }
            String name = strip(tag, 0, equals);
            String value = strip(tag, equals + 1, tag.length());
            if (!isName(name) || !isValue(value) || tags.putIfAbsent(name, value) != null) {
                return Optional.empty();
            }
            start = end + 1;
        }
        return Optional.of(new TagList(tags));
    }

    /** A tag's value, exactly as it stands between its surrounding white space. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    /** The name of the first tag. */
    public String first() {
        return tags.keySet().iterator().next();
    }

    /** A value without any folding white space, as for base64 and names. */
    public Optional<String> withoutSpace(String name) {
        return get(name).map(TagList::spaceless);
    }

    /** The text without white space. */
    private static String spaceless(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    private static String strip(String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || !isLetter(name.charAt(0))) {
            return false;
        }
        return name.chars().allMatch(c -> isLetter((char) c) || (c >= '0' && c <= '9') || c == '_');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Printable; beyond ASCII too, for internationalized mail (RFC 8616 §3). */
    private static boolean isValue(String value) {
        return value.chars().allMatch(c -> (c > 0x20 && c != 0x7f) || isSpace((char) c));
    }
}
