package cz.digidig.storage.mime;

import java.util.Locale;
import java.util.Map;

/** The readable text of HTML: no tags, comments, styles or scripts; character references resolved. Linear, never strict. */
final class HtmlText {
    private static final String LATIN1 =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute"
                    + " micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde"
                    + " Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve"
                    + " Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute"
                    + " acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth"
                    + " ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
    private static final Map<String, Integer> NAMED = named();
    private static final int MOST_REFERENCE = 10;

    /** Tags that stand inside a word. */
    private static final String INLINE =
            " a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark o:p q s samp small span strike strong"
                    + " sub sup tt u var wbr ";

    private final String html;
    private final StringBuilder text;
    private int at;
    private boolean noMoreTags;
    private boolean noMoreComments;

    private HtmlText(String html) {
        this.html = html;
        this.text = new StringBuilder(html.length() / 2);
    }

    static String of(String html) {
        return new HtmlText(html).read();
    }

    private String read() {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                tag();
            } else if (c == '&') {
                reference();
            } else {
                text.append(c);
                at++;
            }
        }
        return text.toString();
    }

    private void tag() {
        char next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
        boolean looksLikeTag = isLetter(next) || next == '/' || next == '!' || next == '?';
        if (!looksLikeTag || noMoreTags) {
            text.append('<');
            at++;
            return;
        }
        if (!noMoreComments && html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 4);
            if (end >= 0) {
                at = end + 3;
                return;
            }
            noMoreComments = true;
        }
        int end = html.indexOf('>', at);
        if (end < 0) {
            noMoreTags = true;
            return;
        }
        String name = name(next == '/' ? at + 2 : at + 1);
        at = end + 1;
        if (next != '/' && (name.equals("style") || name.equals("script") || name.equals("title"))) {
            skipTo(name);
        } else if (!INLINE.contains(" " + name + " ")) {
            text.append('\n');
        }
    }

    private String name(int start) {
        int end = start;
        while (end < html.length()
                && end - start < 12
                && (isLetter(html.charAt(end)) || isNameRest(html.charAt(end)))) {
            end++;
        }
        return html.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isNameRest(char c) {
        return c == ':' || (c >= '0' && c <= '9');
    }

    /** Behind the end tag of that name; without one: to the end. */
    private void skipTo(String name) {
        int end = at;
        while (true) {
            end = html.indexOf("</", end);
            if (end < 0) {
                at = html.length();
                return;
            }
            if (html.regionMatches(true, end + 2, name, 0, name.length())) {
                at = end;
                return;
            }
            end += 2;
        }
    }

    private void reference() {
        int end = at + 1;
        while (end < html.length() && end - at <= MOST_REFERENCE && isReference(html.charAt(end))) {
            end++;
        }
        int code = end < html.length() && end > at + 1 ? code(html.substring(at + 1, end)) : -1;
        if (code < 0) {
            text.append('&');
            at++;
            return;
        }
        text.appendCodePoint(code);
        at = html.charAt(end) == ';' ? end + 1 : end;
    }

    private static boolean isReference(char c) {
        return isLetter(c) || c == '#' || (c >= '0' && c <= '9');
    }

    private static int code(String name) {
        if (name.charAt(0) != '#') {
            return NAMED.getOrDefault(name, -1);
        }
        boolean hexadecimal = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
        try {
            int code = Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
            boolean surrogate = code >= 0xD800 && code <= 0xDFFF;
            return code > 0 && Character.isValidCodePoint(code) && !surrogate ? code : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private static Map<String, Integer> named() {
        Map<String, Integer> codes = new java.util.HashMap<>();
        int code = 160;
        for (int start = 0; start < LATIN1.length(); code++) {
            int space = LATIN1.indexOf(' ', start);
            int end = space < 0 ? LATIN1.length() : space;
            codes.put(LATIN1.substring(start, end), code);
            start = end + 1;
        }
        codes.putAll(Map.of("amp", 38, "lt", 60, "gt", 62, "quot", 34, "apos", 39, "euro", 0x20AC, "trade", 0x2122));
        codes.putAll(Map.of("ndash", 0x2013, "mdash", 0x2014, "lsquo", 0x2018, "rsquo", 0x2019, "sbquo", 0x201A));
        codes.putAll(Map.of("ldquo", 0x201C, "rdquo", 0x201D, "bdquo", 0x201E, "bull", 0x2022, "hellip", 0x2026));
        codes.putAll(Map.of("zwnj", 0x200C, "zwj", 0x200D, "ensp", 0x2002, "emsp", 0x2003, "thinsp", 0x2009));
        codes.putAll(Map.of("Scaron", 0x160, "scaron", 0x161, "lsaquo", 0x2039, "rsaquo", 0x203A, "rarr", 0x2192));
        return Map.copyOf(codes);
    }
}
