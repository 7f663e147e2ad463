package cz.digidig.client.message;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * A piece of a plain-text mail.
 *
 * @param kind what it is
 * @param lines how many lines it has
 * @param html the text escaped, with links made; line ends are kept
 */
record TextBlock(Kind kind, int lines, String html) {
    private static final int SHORT_QUOTE = 4;
    private static final Pattern LINK = Pattern.compile(
            "(?i)\\b(?:https?://|www\\.)[^\\s<>\"]{1,2000}|\\b[\\p{L}\\p{N}._%+-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.)+\\p{L}{2,24}");

    /** What a piece is. */
    enum Kind {
        /** The writer's own words. */
        WORDS,
        /** What is quoted between them, shown. */
        QUOTE,
        /** A longer quotation, folded. */
        FOLDED,
        /** Below a line of two dashes. */
        SIGNATURE
    }

    /**
     * The pieces in order.
     *
     * @param compose the path under which a mail to an address is written
     */
    static List<TextBlock> of(String text, String compose) {
        List<TextBlock> blocks = new ArrayList<>();
        List<String> gathered = new ArrayList<>();
        Kind kind = Kind.WORDS;
        for (String line : text.stripTrailing().lines().toList()) {
            Kind next = kind(line, kind);
            if (next != kind) {
                add(blocks, kind, gathered, compose);
                kind = next;
            }
            gathered.add(next == Kind.QUOTE ? line.replaceFirst("^> ?", "") : line);
        }
        add(blocks, kind, gathered, compose);
        return blocks;
    }

    private static Kind kind(String line, Kind before) {
        if (before == Kind.SIGNATURE) {
            return Kind.SIGNATURE;
        }
        if (line.startsWith(">")) {
            return Kind.QUOTE;
        }
        return line.equals("-- ") ? Kind.SIGNATURE : Kind.WORDS;
    }

    private static void add(List<TextBlock> blocks, Kind kind, List<String> lines, String compose) {
        String text = String.join("\n", lines);
        if (!text.isBlank()) {
            Kind shown = kind == Kind.QUOTE && lines.size() > SHORT_QUOTE ? Kind.FOLDED : kind;
            blocks.add(
                    new TextBlock(shown, lines.size(), linked(text.strip().isEmpty() ? text : trimmed(text), compose)));
        }
        lines.clear();
    }

    private static String trimmed(String text) {
        return text.replaceFirst("^(?:[ \\t]*\\n)+", "").stripTrailing();
    }

    private static String linked(String text, String compose) {
        StringBuilder html = new StringBuilder(text.length() + 64);
        Matcher found = LINK.matcher(text);
        int end = 0;
        while (found.find()) {
            String words = withoutEnd(found.group());
            html.append(HtmlUtils.htmlEscape(text.substring(end, found.start())));
            String target = words.contains("://")
                    ? words
                    : words.contains("@") && !words.startsWith("www.") ? "mailto:" + words : "https://" + words;
            SafeLink link = SafeLink.of(target);
            if (link == null) {
                html.append(HtmlUtils.htmlEscape(words));
            } else if (link.host().isEmpty()) {
                String to = URLEncoder.encode(target, StandardCharsets.UTF_8);
                html.append("<a href=\"")
                        .append(HtmlUtils.htmlEscape(compose + to))
                        .append("\">");
                html.append(HtmlUtils.htmlEscape(words)).append("</a>");
            } else {
                html.append("<a href=\"").append(HtmlUtils.htmlEscape(target));
                html.append("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">");
                html.append(HtmlUtils.htmlEscape(words)).append("</a>");
                if (link.lookAlike()) {
                    html.append("<span class=\"target\"> → ")
                            .append(HtmlUtils.htmlEscape(link.host()))
                            .append("</span>");
                }
            }
            end = found.start() + words.length();
        }
        return html.append(HtmlUtils.htmlEscape(text.substring(end))).toString();
    }

    /** What ends a sentence does not belong to a link; a bracket does where it was opened in it. */
    private static String withoutEnd(String link) {
        int end = link.length();
        while (end > 1) {
            char last = link.charAt(end - 1);
            boolean closes = last == ')' && link.lastIndexOf('(', end) < 0;
            if (".,;:!?'*_]}".indexOf(last) < 0 && !closes) {
                break;
            }
            end--;
        }
        return link.substring(0, end);
    }
}
