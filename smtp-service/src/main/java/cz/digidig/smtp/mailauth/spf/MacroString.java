package cz.digidig.smtp.mailauth.spf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Text with macros (RFC 7208 §7), parsed. */
final class MacroString {
    private static final String LETTERS = "slodiphv";
    private static final String EXPLANATION_LETTERS = LETTERS + "crt";
    private static final String DELIMITERS = ".-+,/_=";
    private static final int LONGEST_NAME = 253;

    private final List<Part> parts;

    /** Plain text, or a macro. */
    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    /**
     * {@code %{...}}.
     *
     * @param letter which value, in lower case
     * @param escaped written in upper case: the value is URL-escaped
     * @param keep how many parts of the right are kept; 0: all
     */
    private record Macro(char letter, boolean escaped, int keep, boolean reversed, String delimiters) implements Part {}

    /** Where the values come from. */
    interface Values {
        /** The value of a macro letter in lower case. */
        String of(char letter) throws SpfError;
    }

    private MacroString(List<Part> parts) {
        this.parts = parts;
    }

    /** Reads a macro-string. */
    static MacroString parse(String text) throws SpfError {
        return new MacroString(parts(text, LETTERS, false));
    }

    /** Reads an explanation: spaces may stand in it, and a few more letters. */
    static MacroString parseExplanation(String text) throws SpfError {
        return new MacroString(parts(text, EXPLANATION_LETTERS, true));
    }

    /** Reads a domain-spec: it ends in a macro or in a top label. */
    static MacroString parseDomain(String text) throws SpfError {
        MacroString parsed = parse(text);
        if (text.isEmpty()) {
            throw SpfError.permanent("a domain is missing");
        }
        if (parsed.parts.getLast() instanceof Literal end && !endsInTopLabel(end.text())) {
            throw SpfError.permanent("not a domain: " + text);
        }
        return parsed;
    }

    private static boolean endsInTopLabel(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        int dot = name.lastIndexOf('.');
        String label = name.substring(dot + 1);
        return dot >= 0
                && !label.isEmpty()
                && label.chars().allMatch(c -> isAlphanumeric((char) c) || c == '-')
                && !label.startsWith("-")
                && !label.endsWith("-")
                && !label.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static List<Part> parts(String text, String letters, boolean spaces) throws SpfError {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '%' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
                int end = text.indexOf('}', i);
                if (end < 0) {
                    throw SpfError.permanent("a macro does not end");
                }
                flush(literal, parts);
                parts.add(macro(text.substring(i + 2, end), letters));
                i = end + 1;
            } else if (c == '%') {
                // An expansion too, so that a domain may end in it; kept apart from what it stands beside.
                flush(literal, parts);
                literal.append(escape(text, i));
                parts.add(new Macro('%', false, 0, false, literal.toString()));
                literal.setLength(0);
                i += 2;
            } else if ((c > 0x20 && c < 0x7f) || (spaces && c == ' ')) {
                literal.append(c);
                i++;
            } else {
                throw SpfError.permanent("a character that may not be there");
            }
        }
        flush(literal, parts);
        return parts;
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static String escape(String text, int at) throws SpfError {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        return switch (next) {
            case '%' -> "%";
            case '_' -> " ";
            case '-' -> "%20";
            default -> throw SpfError.permanent("% without a macro");
        };
    }

    private static Macro macro(String text, String letters) throws SpfError {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || letters.indexOf(lower.charAt(0)) < 0) {
            throw SpfError.permanent("unknown macro: " + text);
        }
        int i = 1;
        int keep = 0;
        while (i < lower.length() && Character.isDigit(lower.charAt(i))) {
            keep = Math.min(1000, keep * 10 + Character.digit(lower.charAt(i), 10));
            i++;
        }
        if (i > 1 && keep == 0) {
            throw SpfError.permanent("a macro keeps nothing");
        }
        boolean reversed = i < lower.length() && lower.charAt(i) == 'r';
        String delimiters = lower.substring(reversed ? i + 1 : i);
        if (!delimiters.chars().allMatch(c -> DELIMITERS.indexOf(c) >= 0)) {
            throw SpfError.permanent("bad macro: " + text);
        }
        return new Macro(
                lower.charAt(0),
                text.charAt(0) != lower.charAt(0),
                keep,
                reversed,
                delimiters.isEmpty() ? "." : delimiters);
    }

    /** The text with its macros' values. */
    String expand(Values values) throws SpfError {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> text.append(literal.text());
                case Macro macro -> text.append(macro.letter() == '%' ? macro.delimiters() : value(macro, values));
            }
        }
        return text.toString();
    }

    private static String value(Macro macro, Values values) throws SpfError {
        List<String> parts = split(values.of(macro.letter()), macro.delimiters());
        if (macro.reversed()) {
            Collections.reverse(parts);
        }
        int keep = macro.keep() == 0 ? parts.size() : Math.min(macro.keep(), parts.size());
        String value = String.join(".", parts.subList(parts.size() - keep, parts.size()));
        return macro.escaped() ? escaped(value) : value;
    }

    private static List<String> split(String value, String delimiters) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (delimiters.indexOf(value.charAt(i)) >= 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(value.charAt(i));
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isAlphanumeric(c) || "-._~".indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
            }
        }
        return text.toString();
    }

    /** As a domain: without the last dot, and shortened at the left to what a name may have (§7.3). */
    String expandDomain(Values values) throws SpfError {
        String name = expand(values);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        while (name.length() > LONGEST_NAME && name.indexOf('.') >= 0) {
            name = name.substring(name.indexOf('.') + 1);
        }
        return name;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
