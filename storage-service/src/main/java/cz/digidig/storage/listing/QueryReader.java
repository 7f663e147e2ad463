package cz.digidig.storage.listing;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.common.api.storage.SearchKey.DateTest;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.storage.mime.SearchText;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads what people type into a search field: words and {@code "phrases"} that are all to be found, with {@code from: to:
 * cc: subject: body: is: has: before: after: on: larger: smaller: keyword:} before some, and {@code -} before what is not to
 * be found. An unknown operator is a word like any other; a known one with a value that makes no sense is refused.
 */
final class QueryReader {
    private static final int MOST_LENGTH = 1000;

    private final String query;
    private int at;

    private QueryReader(String query) {
        this.query = query;
    }

    static SearchKey read(String query) {
        if (query.length() > MOST_LENGTH) {
            throw invalid("q is longer than " + MOST_LENGTH + " characters");
        }
        List<SearchKey> keys = new QueryReader(query).keys();
        return keys.isEmpty() ? new SearchKey.All() : keys.size() == 1 ? keys.getFirst() : new SearchKey.And(keys);
    }

    private static ProblemException invalid(String why) {
        return new ProblemException(ErrorCode.INVALID, why);
    }

    private List<SearchKey> keys() {
        List<SearchKey> keys = new ArrayList<>();
        while (true) {
            while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
                at++;
            }
            if (at >= query.length()) {
                return keys;
            }
            boolean not = query.charAt(at) == '-' && at + 1 < query.length() && !blank(at + 1);
            if (not) {
                at++;
            }
            SearchKey key = key();
            keys.add(not ? new SearchKey.Not(key) : key);
        }
    }

    private boolean blank(int index) {
        return Character.isWhitespace(query.charAt(index));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private SearchKey key() {
        int start = at;
        while (at < query.length() && isLetter(query.charAt(at))) {
            at++;
        }
        if (at > start && at < query.length() && query.charAt(at) == ':') {
            String operator = query.substring(start, at++).toLowerCase(Locale.ROOT);
            int value = at;
            String text = text();
            return switch (operator) {
                case "from", "to", "cc", "bcc", "subject" -> new SearchKey.Header(operator, text);
                case "body" -> new SearchKey.Body(text);
                case "is" -> is(text);
                case "has" -> has(text);
                case "keyword" -> new SearchKey.Flag(text);
                case "before" -> new SearchKey.Received(DateTest.BEFORE, date(text));
                case "after", "since" -> new SearchKey.Received(DateTest.SINCE, date(text));
                case "on" -> new SearchKey.Received(DateTest.ON, date(text));
                case "larger" -> new SearchKey.Larger(size(text));
                case "smaller" -> new SearchKey.Smaller(size(text));
                default -> new SearchKey.Text(query.substring(start, value) + text);
            };
        }
        at = start;
        return new SearchKey.Text(text());
    }

    /** A word, or what stands between quotes. */
    private String text() {
        if (at < query.length() && query.charAt(at) == '"') {
            int end = query.indexOf('"', at + 1);
            String phrase = query.substring(at + 1, end < 0 ? query.length() : end);
            at = end < 0 ? query.length() : end + 1;
            return phrase;
        }
        int start = at;
        while (at < query.length() && !blank(at)) {
            at++;
        }
        return query.substring(start, at);
    }

    private static SearchKey is(String what) {
        return switch (what.toLowerCase(Locale.ROOT)) {
            case "unread", "unseen" -> new SearchKey.Not(flag(MessageFlag.SEEN));
            case "read", "seen" -> flag(MessageFlag.SEEN);
            case "flagged", "starred" -> flag(MessageFlag.FLAGGED);
            case "unflagged" -> new SearchKey.Not(flag(MessageFlag.FLAGGED));
            case "answered" -> flag(MessageFlag.ANSWERED);
            case "draft" -> flag(MessageFlag.DRAFT);
            case "deleted" -> flag(MessageFlag.DELETED);
            default -> throw invalid("is: takes unread, read, flagged, unflagged, answered, draft or deleted");
        };
    }

    private static SearchKey flag(MessageFlag flag) {
        return new SearchKey.Flag(flag.imapName());
    }

    private static SearchKey has(String what) {
        if (what.equalsIgnoreCase("attachment")) {
            return new SearchKey.Header(SearchText.ATTACHMENT_MARK, "");
        }
        throw invalid("has: takes attachment");
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException malformed) {
            throw invalid("A date is written as 2026-11-24");
        }
    }

    /** Octets, with {@code k} or {@code m} for 1,024 and 1,048,576 of them. */
    private static long size(String text) {
        String digits = text.toLowerCase(Locale.ROOT);
        long unit = digits.endsWith("k") ? 1 << 10 : digits.endsWith("m") ? 1 << 20 : 1;
        if (unit > 1) {
            digits = digits.substring(0, digits.length() - 1);
        }
        if (digits.isEmpty() || digits.length() > 10 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw invalid("A size is written as 4096, 64k or 5m");
        }
        return Long.parseLong(digits) * unit;
    }
}
