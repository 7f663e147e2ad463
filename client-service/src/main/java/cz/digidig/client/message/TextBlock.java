package cz.digidig.client.message;

import cz.digidig.client.links.LinkedText;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a plain-text mail.
 *
 * @param kind what it is
 * @param lines how many lines it has
 * @param html the text escaped, with links made; line ends are kept
 */
record TextBlock(Kind kind, int lines, String html) {
    private static final int SHORT_QUOTE = 4;

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

    /** The pieces in order. */
    static List<TextBlock> of(String text) {
        List<TextBlock> blocks = new ArrayList<>();
        List<String> gathered = new ArrayList<>();
        Kind kind = Kind.WORDS;
        for (String line : text.stripTrailing().lines().toList()) {
            Kind next = kind(line, kind);
            if (next != kind) {
                add(blocks, kind, gathered);
                kind = next;
            }
            gathered.add(next == Kind.QUOTE ? line.replaceFirst("^> ?", "") : line);
        }
        add(blocks, kind, gathered);
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

    private static void add(List<TextBlock> blocks, Kind kind, List<String> lines) {
        String text = String.join("\n", lines);
        if (!text.isBlank()) {
            Kind shown = kind == Kind.QUOTE && lines.size() > SHORT_QUOTE ? Kind.FOLDED : kind;
            blocks.add(new TextBlock(
                    shown, lines.size(), LinkedText.html(text.strip().isEmpty() ? text : trimmed(text))));
        }
        lines.clear();
    }

    private static String trimmed(String text) {
        return text.replaceFirst("^(?:[ \\t]*\\n)+", "").stripTrailing();
    }
}
