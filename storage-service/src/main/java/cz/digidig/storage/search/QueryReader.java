package cz.digidig.storage.search;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.SearchKey.DateTest;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.storage.index.Region;
import cz.digidig.storage.index.Words;
import cz.digidig.storage.mime.CaseFold;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads what people type into a search field: words and {@code "phrases"} that are all to be found, with {@code from: to:
 * cc: subject: body: filename: is: has: in: before: after: on: larger: smaller: keyword:} before some, {@code -} before what
 * is not to be found, {@code OR} between what may be found instead, and parentheses. An unknown operator is a word like any
 * other; a known one with a value that makes no sense is refused with {@code malformed} and its place.
 */
public final class QueryReader {
    static final int MOST_LENGTH = 1000;
    static final int MOST_TERMS = 60;
    static final int MOST_DEPTH = 20;
    static final int MOST_IN_PHRASE = 40;
    private static final List<Region> ANYWHERE =
            List.of(Region.SUBJECT, Region.FROM, Region.TO, Region.CC, Region.BCC, Region.BODY);
    private static final String OR = "OR";

    private final String query;
    private int at;
    private int terms;

    private QueryReader(String query) {
        this.query = query;
    }

    /**
     * Reads a query.
     *
     * @throws ProblemException {@code malformed}
     */
    public static Query read(String query) {
        if (query.length() > MOST_LENGTH) {
            throw new ProblemException(
                    ErrorCode.MALFORMED, "q is longer than " + MOST_LENGTH + " characters, at position " + MOST_LENGTH);
        }
        QueryReader reader = new QueryReader(query);
        Query read = reader.alternatives(0);
        if (reader.at < query.length()) {
            throw reader.malformed("There is no ( before this )", reader.at);
        }
        return read;
    }

    private ProblemException malformed(String why, int position) {
        return new ProblemException(ErrorCode.MALFORMED, "q: " + why + ", at position " + position);
    }

    private Query alternatives(int depth) {
        if (depth > MOST_DEPTH) {
            throw malformed("Parentheses are nested deeper than " + MOST_DEPTH, at);
        }
        List<Query> any = new ArrayList<>();
        any.add(all(depth));
        while (atOr()) {
            at += OR.length();
            any.add(all(depth));
        }
        return any.size() == 1 ? any.getFirst() : new Query.Or(List.copyOf(any));
    }

    private Query all(int depth) {
        List<Query> all = new ArrayList<>();
        while (!atEnd(depth) && (all.isEmpty() || !atOr())) {
            Query term = term(depth);
            if (!(term instanceof Query.All)) {
                all.add(term);
            }
        }
        return all.isEmpty() ? new Query.All() : all.size() == 1 ? all.getFirst() : new Query.And(List.copyOf(all));
    }

    private boolean atEnd(int depth) {
        skipBlanks();
        return at >= query.length() || (query.charAt(at) == ')' && (depth > 0 || loneParenthesis()));
    }

    /** A closing one by itself is refused; one in a word is part of the word. */
    private boolean loneParenthesis() {
        return at + 1 >= query.length() || blank(at + 1);
    }

    private void skipBlanks() {
        while (at < query.length() && blank(at)) {
            at++;
        }
    }

    private boolean blank(int index) {
        return Character.isWhitespace(query.charAt(index));
    }

    /** OR is one where something follows; else it is a word. */
    private boolean atOr() {
        skipBlanks();
        int end = at + OR.length();
        if (!query.startsWith(OR, at) || end >= query.length() || !blank(end)) {
            return false;
        }
        int next = end;
        while (next < query.length() && blank(next)) {
            next++;
        }
        return next < query.length() && query.charAt(next) != ')';
    }

    private Query term(int depth) {
        if (++terms > MOST_TERMS) {
            throw malformed("There are more than " + MOST_TERMS + " words", at);
        }
        char c = query.charAt(at);
        if (c == '-' && at + 1 < query.length() && !blank(at + 1) && query.charAt(at + 1) != ')') {
            at++;
            Query term = term(depth);
            return term instanceof Query.All ? term : new Query.Not(term);
        }
        if (c == '(') {
            at++;
            Query inside = alternatives(depth + 1);
            skipBlanks();
            if (at < query.length()) {
                at++;
            }
            return inside;
        }
        return simple(depth);
    }

    private Query simple(int depth) {
        int start = at;
        while (at < query.length() && isLetter(query.charAt(at))) {
            at++;
        }
        if (at == start || at >= query.length() || query.charAt(at) != ':') {
            at = start;
            return text(ANYWHERE, depth);
        }
        String operator = query.substring(start, at++).toLowerCase(Locale.ROOT);
        int value = at;
        return switch (operator) {
            case "from" -> text(List.of(Region.FROM), depth);
            case "to" -> text(List.of(Region.TO, Region.CC, Region.BCC), depth);
            case "cc" -> text(List.of(Region.CC), depth);
            case "bcc" -> text(List.of(Region.BCC), depth);
            case "subject" -> text(List.of(Region.SUBJECT), depth);
            case "body" -> text(List.of(Region.BODY), depth);
            case "filename" -> text(List.of(Region.NAMES), depth);
            case "is" -> is(value(depth), value);
            case "has" -> has(value(depth), value);
            case "in" -> new Query.In(named("in: takes a mailbox", value(depth), value));
            case "keyword" -> new Query.HasKeyword(named("keyword: takes a keyword", value(depth), value));
            case "before" -> new Query.Received(DateTest.BEFORE, date(value(depth), value));
            case "after", "since" -> new Query.Received(DateTest.SINCE, date(value(depth), value));
            case "on" -> new Query.Received(DateTest.ON, date(value(depth), value));
            case "larger" -> new Query.Larger(size(value(depth), value));
            case "smaller" -> new Query.Smaller(size(value(depth), value));
            default -> {
                at = start;
                yield text(ANYWHERE, depth);
            }
        };
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private Query text(List<Region> regions, int depth) {
        int start = at;
        boolean phrase = at < query.length() && query.charAt(at) == '"';
        String folded = CaseFold.fold(value(depth)).strip();
        List<String> words = Words.of(folded);
        if (words.size() > MOST_IN_PHRASE) {
            throw malformed("a phrase has more than " + MOST_IN_PHRASE + " words", start);
        }
        if (!words.isEmpty()) {
            return new Query.HasWords(regions, words, !phrase);
        }
        return folded.isEmpty() ? new Query.All() : new Query.HasText(regions, folded);
    }

    /** A word, or what stands between quotes. */
    private String value(int depth) {
        if (at < query.length() && query.charAt(at) == '"') {
            int end = query.indexOf('"', at + 1);
            String phrase = query.substring(at + 1, end < 0 ? query.length() : end);
            at = end < 0 ? query.length() : end + 1;
            return phrase;
        }
        int start = at;
        while (at < query.length() && !blank(at) && !(depth > 0 && query.charAt(at) == ')')) {
            at++;
        }
        return query.substring(start, at);
    }

    private String named(String wanted, String value, int position) {
        if (value.isBlank()) {
            throw malformed(wanted, position);
        }
        return value;
    }

    private Query is(String what, int position) {
        return switch (what.toLowerCase(Locale.ROOT)) {
            case "unread", "unseen" -> new Query.Not(new Query.HasFlag(MessageFlag.SEEN));
            case "read", "seen" -> new Query.HasFlag(MessageFlag.SEEN);
            case "flagged", "starred" -> new Query.HasFlag(MessageFlag.FLAGGED);
            case "unflagged" -> new Query.Not(new Query.HasFlag(MessageFlag.FLAGGED));
            case "answered" -> new Query.HasFlag(MessageFlag.ANSWERED);
            case "draft" -> new Query.HasFlag(MessageFlag.DRAFT);
            case "deleted" -> new Query.HasFlag(MessageFlag.DELETED);
            default ->
                throw malformed("is: takes unread, read, flagged, unflagged, answered, draft or deleted", position);
        };
    }

    private Query has(String what, int position) {
        if (what.equalsIgnoreCase("attachment")) {
            return new Query.HasAttachment();
        }
        throw malformed("has: takes attachment", position);
    }

    private LocalDate date(String text, int position) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException malformed) {
            throw malformed("a date is written as 2026-11-24", position);
        }
    }

    /** Octets, with {@code k} or {@code m} for 1,024 and 1,048,576 of them. */
    private long size(String text, int position) {
        String digits = text.toLowerCase(Locale.ROOT);
        long unit = digits.endsWith("k") ? 1 << 10 : digits.endsWith("m") ? 1 << 20 : 1;
        if (unit > 1) {
            digits = digits.substring(0, digits.length() - 1);
        }
        if (digits.isEmpty() || digits.length() > 10 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed("a size is written as 4096, 64k or 5m", position);
        }
        return Long.parseLong(digits) * unit;
    }
}
