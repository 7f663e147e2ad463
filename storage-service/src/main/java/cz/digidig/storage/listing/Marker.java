package cz.digidig.storage.listing;

import cz.digidig.storage.index.Region;
import cz.digidig.storage.index.TextCondition;
import cz.digidig.storage.index.Words;
import cz.digidig.storage.listing.Marked.Mark;
import cz.digidig.storage.mime.CaseFold;
import cz.digidig.storage.search.Query;
import java.util.ArrayList;
import java.util.List;

/** Marks in texts what a query looks for. */
final class Marker {
    private static final int MOST_MARKS = 50;
    private static final int BEFORE = 60;
    private static final int SNIPPET = 200;
    /** Further behind nothing is marked. */
    private static final int MOST_TEXT = 200_000;

    private final List<TextCondition.HasWords> wanted = new ArrayList<>();

    Marker(Query query) {
        collect(query);
    }

    /** What must not be there is not marked. */
    private void collect(Query query) {
        switch (query) {
            case Query.And(List<Query> all) -> all.forEach(this::collect);
            case Query.Or(List<Query> any) -> any.forEach(this::collect);
            case Query.HasWords(List<Region> regions, List<String> words, boolean open) ->
                wanted.add(new TextCondition.HasWords(regions, words, open));
            case Query.All _,
                    Query.Not _,
                    Query.HasText _,
                    Query.HasFlag _,
                    Query.HasKeyword _,
                    Query.HasAttachment _,
                    Query.In _,
                    Query.Received _,
                    Query.Larger _,
                    Query.Smaller _ -> {}
        }
    }

    /** Whether a body is looked into. */
    boolean looksInto(Region region) {
        return wanted.stream().anyMatch(each -> each.regions().contains(region));
    }

    /** A text with its marks. */
    Marked whole(Region region, String text) {
        return new Marked(text, marks(region, text));
    }

    /** The piece of a text around its first mark, or its beginning. */
    Marked piece(Region region, String text) {
        List<Mark> marks = marks(region, text);
        int first = marks.isEmpty() ? 0 : marks.getFirst().start();
        int start = wordStart(text, Math.max(0, first - BEFORE), first);
        int end = Math.min(text.length(), start + SNIPPET);
        if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
            end--;
        }
        List<Mark> inside = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark.start() >= start && mark.end() <= end) {
                inside.add(new Mark(mark.start() - start, mark.end() - start));
            }
        }
        return new Marked(text.substring(start, end), inside);
    }

    /** A place from a place on where a word begins, so that none is cut. */
    private static int wordStart(String text, int from, int most) {
        if (from == 0) {
            return 0;
        }
        int space = text.indexOf(' ', from);
        if (space >= 0 && space < most) {
            return space + 1;
        }
        return from < text.length() && Character.isLowSurrogate(text.charAt(from)) ? from - 1 : from;
    }

    private record Word(String folded, int start, int end) {}

    private List<Mark> marks(Region region, String text) {
        List<TextCondition.HasWords> here =
                wanted.stream().filter(each -> each.regions().contains(region)).toList();
        List<Mark> marks = new ArrayList<>();
        if (here.isEmpty()) {
            return marks;
        }
        List<Word> words = words(text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text);
        for (int i = 0; i < words.size() && marks.size() < MOST_MARKS; i++) {
            int count = longest(here, words, i);
            if (count > 0) {
                marks.add(
                        new Mark(words.get(i).start(), words.get(i + count - 1).end()));
                i += count - 1;
            }
        }
        return marks;
    }

    private static List<Word> words(String text) {
        List<Word> found = new ArrayList<>();
        Words words = new Words(text);
        while (words.next()) {
            found.add(new Word(CaseFold.fold(words.word()), words.start(), words.end()));
        }
        return found;
    }

    private static int longest(List<TextCondition.HasWords> wanted, List<Word> there, int start) {
        int longest = 0;
        for (TextCondition.HasWords each : wanted) {
            if (isAt(each, there, start)) {
                longest = Math.max(longest, each.words().size());
            }
        }
        return longest;
    }

    private static boolean isAt(TextCondition.HasWords wanted, List<Word> there, int start) {
        int last = wanted.words().size() - 1;
        if (start + last >= there.size()) {
            return false;
        }
        for (int i = 0; i < last; i++) {
            if (!there.get(start + i).folded().equals(wanted.words().get(i))) {
                return false;
            }
        }
        return wanted.matchesLast(there.get(start + last).folded());
    }
}
