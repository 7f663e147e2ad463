package cz.digidig.storage.search;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.common.api.storage.SearchKey.DateTest;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.index.Region;
import cz.digidig.storage.index.TextCondition;
import cz.digidig.storage.mime.CaseFold;
import cz.digidig.storage.mime.SearchText;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes criteria of search keys (RFC 9051 §6.4.4); refuses what is out of bounds with {@code invalid}. */
final class SearchCompiler {
    static final int MOST_DEPTH = 100;
    static final int MOST_KEYS = 2000;
    static final int MOST_VALUE = 4000;
    private static final long MILLIS_PER_DAY = 86_400_000;

    private final Known.Source index;
    private int keys;

    private SearchCompiler(Known.Source index) {
        this.index = index;
    }

    /** @param index asked what it knows of each text */
    static Criterion compile(SearchKey key, Known.Source index) {
        return new SearchCompiler(index).compile(key, 0);
    }

    private static ProblemException invalid(String why) {
        return new ProblemException(ErrorCode.INVALID, why);
    }

    private Criterion compile(SearchKey key, int depth) {
        if (depth > MOST_DEPTH) {
            throw invalid("The search is nested deeper than " + MOST_DEPTH);
        }
        if (++keys > MOST_KEYS) {
            throw invalid("The search has more than " + MOST_KEYS + " keys");
        }
        return switch (key) {
            case SearchKey.All() -> new Criterion.OfRow((_, _) -> true);
            case SearchKey.And(List<SearchKey> all) -> several(all, depth, Criterion.Answer.NO);
            case SearchKey.Or(List<SearchKey> any) -> several(any, depth, Criterion.Answer.YES);
            case SearchKey.Not(SearchKey not) -> new Criterion.Negation(compile(not, depth + 1));
            case SearchKey.Uids(String uids) -> uids(uids);
            case SearchKey.Flag(String name) -> flag(name);
            case SearchKey.Header(String name, String value) -> header(name, value);
            case SearchKey.Body(String value) -> text(folded(value), List.of(Region.BODY));
            case SearchKey.Text(String value) -> text(folded(value), List.of(Region.HEADERS, Region.BODY));
            case SearchKey.Received(DateTest test, LocalDate date) -> {
                long day = date.toEpochDay();
                yield new Criterion.OfRow(
                        (rows, row) -> matches(test, Math.floorDiv(rows.internalDate(row), MILLIS_PER_DAY), day));
            }
            case SearchKey.Sent(DateTest test, LocalDate date) -> {
                long day = date.toEpochDay();
                yield new Criterion.OfText(
                        text -> text.sentOn() != SearchedText.NO_DATE && matches(test, text.sentOn(), day),
                        Criterion.DATE,
                        index.any(List.of(sent(test, day))));
            }
            case SearchKey.Larger(long size) -> new Criterion.OfRow((rows, row) -> rows.size(row) > size);
            case SearchKey.Smaller(long size) -> new Criterion.OfRow((rows, row) -> rows.size(row) < size);
            case SearchKey.ModSeq(long atLeast) -> new Criterion.OfRow((rows, row) -> rows.modSeq(row) >= atLeast);
        };
    }

    private Criterion several(List<SearchKey> of, int depth, Criterion.Answer decisive) {
        List<Criterion> criteria = of.stream()
                .map(key -> compile(key, depth + 1))
                .sorted(Comparator.comparingInt(Criterion::cost))
                .toList();
        return criteria.size() == 1 ? criteria.getFirst() : new Criterion.Several(criteria, decisive);
    }

    private static Criterion uids(String text) {
        try {
            UidSet uids = UidSet.parse(text);
            return new Criterion.OfRow((rows, row) -> uids.contains(rows.uid(row)));
        } catch (IllegalArgumentException malformed) {
            throw invalid("Not a set of UIDs: " + text.substring(0, Math.min(40, text.length())));
        }
    }

    private static Criterion flag(String name) {
        Optional<MessageFlag> system = MessageFlag.ofImapName(name);
        if (system.isPresent()) {
            int bit = system.get().bit();
            return new Criterion.OfRow((rows, row) -> (rows.flags(row) & bit) != 0);
        }
        return new Criterion.OfRow((rows, row) -> {
            for (String keyword : rows.keywords(row)) {
                if (keyword.equalsIgnoreCase(name)) {
                    return true;
                }
            }
            return false;
        });
    }

    private Criterion header(String name, String value) {
        boolean mark = name.equals(SearchText.ATTACHMENT_MARK);
        for (int i = 0; i < name.length() && !mark; i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == ':') {
                // No field can have such a name (RFC 5322 §2.2).
                return new Criterion.OfRow((_, _) -> false);
            }
        }
        String field = name.toLowerCase(Locale.ROOT);
        String lineStart = "\n" + field + ":";
        String folded = folded(value);
        if (folded.isEmpty()) {
            return new Criterion.OfText(
                    text -> text.hasHeader(lineStart),
                    Criterion.HEADERS,
                    index.any(List.of(new TextCondition.HasHeader(field))));
        }
        String wanted = SearchedText.octets(folded);
        return new Criterion.OfText(
                text -> text.headerContains(lineStart, wanted),
                Criterion.HEADERS,
                index.any(List.of(new TextCondition.HeaderContains(field, folded))));
    }

    private Criterion text(String folded, List<Region> regions) {
        if (folded.isEmpty()) {
            return new Criterion.OfRow((_, _) -> true);
        }
        String wanted = SearchedText.octets(folded);
        return new Criterion.OfText(
                regions.contains(Region.HEADERS)
                        ? text -> text.headers().contains(wanted) || text.body().contains(wanted)
                        : text -> text.body().contains(wanted),
                Criterion.BODY,
                index.any(List.of(new TextCondition.Contains(regions, folded))));
    }

    private static String folded(String value) {
        if (value.length() > MOST_VALUE) {
            throw invalid("A search text is longer than " + MOST_VALUE + " characters");
        }
        return CaseFold.fold(value);
    }

    private static TextCondition sent(DateTest test, long day) {
        return switch (test) {
            case BEFORE -> new TextCondition.SentBetween(Long.MIN_VALUE, day - 1);
            case ON -> new TextCondition.SentBetween(day, day);
            case SINCE -> new TextCondition.SentBetween(day, Long.MAX_VALUE);
        };
    }

    private static boolean matches(DateTest test, long day, long wanted) {
        return switch (test) {
            case BEFORE -> day < wanted;
            case ON -> day == wanted;
            case SINCE -> day >= wanted;
        };
    }
}
