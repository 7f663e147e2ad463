package cz.digidig.client.compose;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jsoup.select.NodeVisitor;

/** Formatted text as it is written: made harmless, turned into plain text, and made of it. */
final class RichText {
    /** The most characters of markup. */
    static final int MOST = 1_000_000;

    /** A line with nothing in it, as editors have it. */
    static final String EMPTY = "<div><br></div>";

    private static final int DEEPEST_QUOTE = 20;
    private static final String QUOTE = "<blockquote type=\"cite\">";

    /** Less than what reading shows: of pictures those of the message, and no colours and sizes, which a page's policy would not show here. */
    private static final Safelist ALLOWED = new Safelist()
            .addTags("a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4")
            .addTags(
                    "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "s", "span", "strike", "strong", "sub",
                    "sup")
            .addTags("table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul")
            .addAttributes(":all", "dir", "lang")
            .addAttributes("a", "href")
            .addAttributes("blockquote", "type")
            .addAttributes("div", "class")
            .addAttributes("img", "alt", "height", "src", "width")
            .addAttributes("ol", "start")
            .addAttributes("td", "colspan", "rowspan")
            .addAttributes("th", "colspan", "rowspan")
            .addProtocols("a", "href", "http", "https", "mailto")
            .addProtocols("img", "src", "cid");

    private RichText() {}

    /**
     * Makes it harmless: only elements that format and pictures of the message itself, no script or style.
     *
     * @return never empty
     * @throws ProblemException it is longer than {@link #MOST}
     */
    static String clean(String html) {
        if (html.length() > MOST) {
            throw new ProblemException(
                    ErrorCode.INVALID, "the formatted text is longer than " + MOST + " characters of markup");
        }
        Document dirty = Jsoup.parse(html.replace("\r\n", "\n"));
        Pictures.name(dirty);
        Document clean = new Cleaner(ALLOWED).clean(dirty);
        Pictures.bound(clean.body());
        for (Element element : clean.body().select("[class], [type]")) {
            if (!element.attr("class").matches("signature|quoted")) {
                element.removeAttr("class");
            }
            if (!element.attr("type").equals("cite")) {
                element.removeAttr("type");
            }
        }
        clean.outputSettings().prettyPrint(false);
        String body = clean.body().html();
        return body.isBlank() ? EMPTY : body;
    }

    /** A whole page of it, as it is sent. */
    static String page(String html) {
        return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><style>img{max-width:100%;height:auto}</style></head>"
                + "<body>\n" + html + "\n</body></html>\n";
    }

    /** Formatted text of plain text; lines that quote become quotations. */
    static String ofText(String text) {
        StringBuilder html = new StringBuilder();
        append(text.lines().toList(), 0, html);
        return html.isEmpty() ? EMPTY : html.toString();
    }

    private static void append(List<String> lines, int depth, StringBuilder html) {
        List<String> quoted = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(">") && depth < DEEPEST_QUOTE) {
                quoted.add(line.startsWith("> ") ? line.substring(2) : line.substring(1));
                continue;
            }
            quotation(quoted, depth, html);
            String escaped = Entities.escape(line).replace("  ", "&nbsp; ");
            html.append("<div>").append(line.isEmpty() ? "<br>" : escaped).append("</div>");
        }
        quotation(quoted, depth, html);
    }

    private static void quotation(List<String> quoted, int depth, StringBuilder html) {
        if (!quoted.isEmpty()) {
            html.append(QUOTE);
            append(quoted, depth + 1, html);
            html.append("</blockquote>");
            quoted.clear();
        }
    }

    /** Its words as plain text: paragraphs apart, marks before items of lists and quoted lines, links' addresses behind. */
    static String text(String html) {
        Words words = new Words();
        Element body = Jsoup.parseBodyFragment(html).body();
        body.traverse(words);
        words.fresh();
        return words.out.toString();
    }

    /** What stands before lines. */
    private static final class Mark {
        private final String first;
        private boolean used;

        Mark(String first) {
            this.first = first;
        }

        boolean quotes() {
            return first.equals(">");
        }
    }

    /** Writes line by line, without recursion: HTML may be nested deeply. */
    private static final class Words implements NodeVisitor {
        private final StringBuilder out = new StringBuilder();
        private final StringBuilder line = new StringBuilder();
        private final Deque<Mark> marks = new ArrayDeque<>();
        private boolean gap;
        private int verbatim;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                text(words.getWholeText());
            } else if (node instanceof Element element) {
                start(element);
            }
        }

        private void text(String words) {
            if (verbatim > 0) {
                String[] lines = words.split("\n", -1);
                for (int i = 0; i < lines.length; i++) {
                    if (i > 0) {
                        end();
                    }
                    line.append(lines[i]);
                }
                return;
            }
            String collapsed = words.replaceAll("[ \\t\\r\\n\\f]+", " ");
            boolean spaced = line.isEmpty() || line.charAt(line.length() - 1) == ' ';
            String rest = spaced && collapsed.startsWith(" ") ? collapsed.substring(1) : collapsed;
            line.append(rest.replace('\u00a0', ' '));
        }

        private void start(Element element) {
            switch (element.normalName()) {
                case "br" -> end();
                case "img" -> {
                    if (!element.attr("alt").isBlank()) {
                        line.append('[').append(element.attr("alt").strip()).append(']');
                    }
                }
                case "td", "th" -> {
                    if (!line.isEmpty()) {
                        line.append(' ');
                    }
                }
                case "hr" -> {
                    fresh();
                    line.append("---");
                    fresh();
                }
                case "blockquote" -> {
                    fresh();
                    apart();
                    marks.addLast(new Mark(">"));
                }
                case "li" -> {
                    fresh();
                    apart();
                    Element list = element.parent();
                    marks.addLast(new Mark(
                            list != null && list.normalName().equals("ol") ? number(list, element) + ". " : "- "));
                }
                case "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre" -> {
                    fresh();
                    boolean item = !marks.isEmpty() && !marks.getLast().quotes() && !marks.getLast().used;
                    gap |= !out.isEmpty() && !item && element.previousElementSibling() != null;
                    verbatim += element.normalName().equals("pre") ? 1 : 0;
                }
                default -> {
                    if (element.isBlock()) {
                        fresh();
                    }
                }
            }
        }

        private static int number(Element list, Element item) {
            String start = list.attr("start");
            int first = start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1;
            return first + item.elementSiblingIndex();
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            switch (element.normalName()) {
                case "br", "img", "td", "th", "hr" -> {}
                case "a" -> address(element);
                case "blockquote", "li" -> {
                    if (!line.isEmpty()
                            || (!marks.getLast().used && !marks.getLast().quotes())) {
                        end();
                    }
                    marks.removeLast();
                }
                case "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre" -> {
                    fresh();
                    gap = true;
                    verbatim -= element.normalName().equals("pre") ? 1 : 0;
                }
                default -> {
                    if (element.isBlock()) {
                        fresh();
                    }
                }
            }
        }

        private void address(Element link) {
            String href = link.attr("href").replaceFirst("^mailto:", "");
            String bare = href.replaceFirst("^https?://", "").replaceFirst("/$", "");
            if (!bare.isEmpty() && !link.text().contains(bare)) {
                line.append(link.text().isBlank() ? "<" : " <").append(href).append('>');
            }
        }

        /** Ends the line, if anything stands in it. */
        private void fresh() {
            if (!line.isEmpty()) {
                end();
            }
        }

        private void end() {
            apart();
            String words =
                    line.toString().equals("-- ") ? "-- " : line.toString().stripTrailing();
            StringBuilder before = new StringBuilder();
            for (Mark mark : marks) {
                boolean apart = !mark.quotes() && !before.isEmpty() && before.charAt(before.length() - 1) == '>';
                before.append(apart ? " " : "");
                before.append(mark.used && !mark.quotes() ? " ".repeat(mark.first.length()) : mark.first);
                mark.used = true;
            }
            boolean quotes = !before.isEmpty() && before.charAt(before.length() - 1) == '>';
            before.append(quotes && !words.isEmpty() ? " " : "").append(words);
            out.append(words.isEmpty() ? before.toString().stripTrailing() : before.toString())
                    .append('\n');
            line.setLength(0);
        }

        /** The empty line between paragraphs, quoted as they both are. */
        private void apart() {
            if (gap && !out.isEmpty()) {
                for (Iterator<Mark> each = marks.iterator();
                        each.hasNext() && each.next().quotes(); ) {
                    out.append('>');
                }
                out.append('\n');
            }
            gap = false;
        }
    }
}
