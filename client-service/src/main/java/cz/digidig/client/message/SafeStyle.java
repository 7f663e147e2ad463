package cz.digidig.client.message;

import java.util.Locale;
import java.util.Set;

/** Style attributes of mail: properties that only arrange and colour, with values that fetch nothing. */
final class SafeStyle {
    private static final int LONGEST = 4000;
    private static final Set<String> EXACT = Set.of(
            "color",
            "background",
            "background-color",
            "line-height",
            "letter-spacing",
            "word-spacing",
            "width",
            "height",
            "max-width",
            "min-width",
            "max-height",
            "min-height",
            "display",
            "vertical-align",
            "float",
            "clear",
            "white-space",
            "table-layout",
            "direction",
            "opacity",
            "caption-side",
            "empty-cells",
            "box-sizing",
            "word-break",
            "word-wrap",
            "overflow-wrap",
            "mso-hide");
    private static final Set<String> FAMILIES = Set.of("font", "text", "margin", "padding", "border", "list-style");

    private SafeStyle() {}

    /** What of it may stay; empty: nothing. */
    static String of(String style) {
        if (style.length() > LONGEST || style.indexOf('\\') >= 0 || style.contains("/*")) {
            return "";
        }
        StringBuilder kept = new StringBuilder();
        int start = 0;
        while (start < style.length()) {
            int end = end(style, start);
            String declaration = style.substring(start, end);
            int colon = declaration.indexOf(':');
            if (colon > 0) {
                String name = declaration.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                String value = declaration.substring(colon + 1).strip();
                if (mayStay(name) && fetchesNothing(value.toLowerCase(Locale.ROOT))) {
                    kept.append(name).append(':').append(value).append(';');
                }
            }
            start = end + 1;
        }
        return kept.toString();
    }

    /** The semicolon that ends a declaration, or the end. */
    private static int end(String style, int start) {
        int depth = 0;
        char quote = 0;
        for (int i = start; i < style.length(); i++) {
            char c = style.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ';' && depth <= 0) {
                return i;
            }
        }
        return style.length();
    }

    private static boolean mayStay(String name) {
        int dash = name.indexOf('-');
        return EXACT.contains(name)
                || FAMILIES.contains(name)
                || (dash > 0 && FAMILIES.contains(name.substring(0, dash)))
                || name.startsWith("list-style-");
    }

    private static boolean fetchesNothing(String value) {
        return !value.contains("url")
                && !value.contains("image")
                && !value.contains("expression")
                && !value.contains("script")
                && !value.contains("attr(")
                && !value.contains("var(")
                && value.chars().noneMatch(c -> c == '<' || c == '@' || c == '{' || c < ' ');
    }
}
