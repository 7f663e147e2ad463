package cz.digidig.storage.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Makes index queries of conditions. */
final class ConditionQueries {
    /** More of a text's trigrams narrow hardly further. */
    private static final int MOST_TRIGRAMS = 24;

    private ConditionQueries() {}

    /**
     * What the index says of a condition.
     *
     * @param sure messages for which it holds
     * @param maybe all messages for which it may hold, the sure ones among them
     * @param exact both are the same
     */
    record Bounds(Query sure, Query maybe, boolean exact) {
        static Bounds exact(Query query) {
            return new Bounds(query, query, true);
        }

        static Bounds candidates(Query query) {
            return between(new MatchNoDocsQuery(), query);
        }

        static Bounds between(Query sure, Query maybe) {
            return new Bounds(sure, maybe, false);
        }
    }

    static Bounds of(TextCondition condition) {
        return switch (condition) {
            case TextCondition.Contains(List<Region> regions, String text) -> contains(regions, text);
            case TextCondition.HeaderContains(String name, String text) -> headerContains(name, text);
            case TextCondition.HasHeader(String name) ->
                name.length() <= MessageDocument.MOST_NAME
                        ? Bounds.exact(new TermQuery(new Term(MessageDocument.HEADER_NAME, name)))
                        : Bounds.candidates(trigrams(Region.HEADERS, name));
            case TextCondition.SentBetween(long first, long last) ->
                Bounds.exact(LongPoint.newRangeQuery(MessageDocument.SENT, first, last));
            case TextCondition.HasWords words -> words(words);
        };
    }

    /** Half a surrogate pair is a question mark there. */
    private static String asInOctets(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }

    private static Bounds contains(List<Region> regions, String given) {
        String text = asInOctets(given);
        BooleanQuery.Builder maybe = new BooleanQuery.Builder();
        regions.forEach(region -> maybe.add(trigrams(region, text), Occur.SHOULD));
        if (isShort(text)) {
            return Bounds.exact(maybe.build());
        }
        List<String> words = Words.of(text);
        if (words.size() != 1 || !words.getFirst().equals(text)) {
            return Bounds.candidates(maybe.build());
        }
        // Each word of a text is a piece of it, so what it begins with is in the text.
        BooleanQuery.Builder sure = new BooleanQuery.Builder();
        for (Region region : regions) {
            List<Region> parts = region == Region.HEADERS ? Region.FIELDS : List.of(region);
            parts.forEach(part -> sure.add(new PrefixQuery(new Term(part.words(), text)), Occur.SHOULD));
        }
        return Bounds.between(sure.build(), maybe.build());
    }

    private static boolean isShort(String text) {
        return text.codePointCount(0, text.length()) <= Trigrams.LENGTH;
    }

    private static Bounds headerContains(String name, String given) {
        String text = asInOctets(given);
        for (Region region : Region.FIELDS) {
            if (region.field().equals(name)) {
                return contains(List.of(region), text);
            }
        }
        BooleanQuery.Builder maybe = new BooleanQuery.Builder().add(trigrams(Region.HEADERS, text), Occur.FILTER);
        if (name.length() <= MessageDocument.MOST_NAME) {
            maybe.add(new TermQuery(new Term(MessageDocument.HEADER_NAME, name)), Occur.FILTER);
        }
        return Bounds.candidates(maybe.build());
    }

    private static Query trigrams(Region region, String text) {
        List<String> all = Trigrams.within(text);
        if (all.isEmpty()) {
            return new PrefixQuery(new Term(region.trigrams(), text));
        }
        Set<String> some = new LinkedHashSet<>();
        int step = Math.ceilDiv(all.size(), MOST_TRIGRAMS);
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        some.forEach(trigram -> query.add(new TermQuery(new Term(region.trigrams(), trigram)), Occur.FILTER));
        return query.build();
    }

    private static Bounds words(TextCondition.HasWords wanted) {
        List<String> words = wanted.words();
        String last = words.getLast();
        boolean prefix = wanted.goesOn();
        BooleanQuery.Builder sure = new BooleanQuery.Builder();
        BooleanQuery.Builder maybe = new BooleanQuery.Builder();
        for (Region region : wanted.regions()) {
            if (words.size() == 1) {
                Term term = new Term(region.words(), last);
                sure.add(prefix ? new PrefixQuery(term) : new TermQuery(term), Occur.SHOULD);
                continue;
            }
            sure.add(new PhraseQuery(region.words(), words.toArray(String[]::new)), Occur.SHOULD);
            BooleanQuery.Builder each = new BooleanQuery.Builder();
            for (String word : Set.copyOf(words.subList(0, words.size() - 1))) {
                each.add(new TermQuery(new Term(region.words(), word)), Occur.FILTER);
            }
            each.add(new PrefixQuery(new Term(region.words(), last)), Occur.FILTER);
            maybe.add(each.build(), Occur.SHOULD);
        }
        boolean exact = words.size() == 1 || !prefix;
        return exact ? Bounds.exact(sure.build()) : Bounds.between(sure.build(), maybe.build());
    }
}
