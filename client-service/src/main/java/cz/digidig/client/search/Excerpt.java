package cz.digidig.client.search;

import cz.digidig.client.backend.FoundMessage.Mark;
import cz.digidig.client.backend.FoundMessage.Marked;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a text, marked or not.
 *
 * @param text never markup
 * @param marked whether it is what was looked for
 */
public record Excerpt(String text, boolean marked) {
    /** The pieces of a text in order. */
    static List<Excerpt> of(Marked marked) {
        List<Excerpt> pieces = new ArrayList<>();
        String text = marked.text();
        int end = 0;
        for (Mark mark : marked.marks()) {
            if (mark.start() < end || mark.end() > text.length() || mark.start() >= mark.end()) {
                continue;
            }
            if (mark.start() > end) {
                pieces.add(new Excerpt(text.substring(end, mark.start()), false));
            }
            pieces.add(new Excerpt(text.substring(mark.start(), mark.end()), true));
            end = mark.end();
        }
        if (end < text.length()) {
            pieces.add(new Excerpt(text.substring(end), false));
        }
        return pieces;
    }
}
