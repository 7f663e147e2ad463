package cz.digidig.imap.protocol;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What SEARCH looks for (RFC 9051 §6.4.4; MODSEQ RFC 7162 §3.1.5; EMAILID and THREADID RFC 8474 §6; OLDER and YOUNGER RFC
 * 5032). Keys that are others negated, such as UNSEEN, are kept as such.
 */
public sealed interface SearchKey {
    /** Every message. */
    record All() implements SearchKey {}

    record And(List<SearchKey> keys) implements SearchKey {}

    record Or(SearchKey one, SearchKey other) implements SearchKey {}

    record Not(SearchKey key) implements SearchKey {}

    /**
     * By number.
     *
     * @param by what the set holds
     * @param set which
     */
    record Messages(MessageRef by, SequenceSet set) implements SearchKey {}

    /** Has a flag or keyword, by IMAP name. */
    record Flag(String name) implements SearchKey {}

    /** A header field holds a text; an empty one: is there. */
    record Header(String name, String value) implements SearchKey {}

    record Body(String value) implements SearchKey {}

    record Text(String value) implements SearchKey {}

    /** By INTERNALDATE's day. */
    record Received(DateTest test, LocalDate date) implements SearchKey {}

    /** By the day in the Date field. */
    record Sent(DateTest test, LocalDate date) implements SearchKey {}

    record Larger(long size) implements SearchKey {}

    record Smaller(long size) implements SearchKey {}

    record ModSeq(long atLeast) implements SearchKey {}

    record EmailId(String id) implements SearchKey {}

    record ThreadId(String id) implements SearchKey {}

    /** INTERNALDATE at least so many seconds ago. */
    record Older(long seconds) implements SearchKey {}

    /** INTERNALDATE at most so many seconds ago. */
    record Younger(long seconds) implements SearchKey {}

    /** How a date is compared. */
    enum DateTest {
        BEFORE,
        ON,
        SINCE
    }

    /** Keys one after the other, all of which must match, up to the end or a closing parenthesis. */
    static SearchKey parseAll(CommandReader in) {
        List<SearchKey> keys = new ArrayList<>();
        do {
            keys.add(parse(in));
        } while (in.acceptSpace() && !in.atEnd());
        return keys.size() == 1 ? keys.getFirst() : new And(List.copyOf(keys));
    }

    private static SearchKey parse(CommandReader in) {
        int next = in.peek();
        if (next == '(') {
            in.expect('(');
            in.enter();
            SearchKey inner = parseAll(in);
            in.leave();
            in.expect(')');
            return inner;
        }
        if ((next >= '0' && next <= '9') || next == '*' || next == '$') {
            return new Messages(MessageRef.SEQUENCE, in.sequenceSet());
        }
        String name = in.keyword();
        return switch (name) {
            case "ALL", "OLD" -> new All();
            case "ANSWERED" -> new Flag("\\Answered");
            case "DELETED" -> new Flag("\\Deleted");
            case "DRAFT" -> new Flag("\\Draft");
            case "FLAGGED" -> new Flag("\\Flagged");
            case "SEEN" -> new Flag("\\Seen");
            case "UNANSWERED" -> new Not(new Flag("\\Answered"));
            case "UNDELETED" -> new Not(new Flag("\\Deleted"));
            case "UNDRAFT" -> new Not(new Flag("\\Draft"));
            case "UNFLAGGED" -> new Not(new Flag("\\Flagged"));
            case "UNSEEN" -> new Not(new Flag("\\Seen"));
            // No message is \Recent here (RFC 9051 appendix E).
            case "RECENT", "NEW" -> new Not(new All());
            case "KEYWORD" -> new Flag(argument(in).atom());
            case "UNKEYWORD" -> new Not(new Flag(argument(in).atom()));
            case "BCC", "CC", "FROM", "SUBJECT", "TO" ->
                new Header(name, argument(in).astring());
            case "HEADER" -> {
                String field = argument(in).astring();
                yield new Header(field, argument(in).astring());
            }
            case "BODY" -> new Body(argument(in).astring());
            case "TEXT" -> new Text(argument(in).astring());
            case "BEFORE" -> new Received(DateTest.BEFORE, Dates.date(argument(in)));
            case "ON" -> new Received(DateTest.ON, Dates.date(argument(in)));
            case "SINCE" -> new Received(DateTest.SINCE, Dates.date(argument(in)));
            case "SENTBEFORE" -> new Sent(DateTest.BEFORE, Dates.date(argument(in)));
            case "SENTON" -> new Sent(DateTest.ON, Dates.date(argument(in)));
            case "SENTSINCE" -> new Sent(DateTest.SINCE, Dates.date(argument(in)));
            case "LARGER" -> new Larger(argument(in).number64());
            case "SMALLER" -> new Smaller(argument(in).number64());
            case "UID" -> new Messages(MessageRef.UID, argument(in).sequenceSet());
            case "EMAILID" -> new EmailId(argument(in).astring());
            case "THREADID" -> new ThreadId(argument(in).astring());
            case "OLDER" -> new Older(argument(in).number());
            case "YOUNGER" -> new Younger(argument(in).number());
            case "MODSEQ" -> modSeq(argument(in));
            case "NOT" -> {
                in.enter();
                SearchKey key = parse(argument(in));
                in.leave();
                yield new Not(key);
            }
            case "OR" -> {
                in.enter();
                SearchKey one = parse(argument(in));
                SearchKey other = parse(argument(in));
                in.leave();
                yield new Or(one, other);
            }
            default -> throw in.bad("Unknown search key");
        };
    }

    /** RFC 7162 §3.1.5: an entry's name and type may stand before; all entries share one mod-sequence here. */
    private static SearchKey modSeq(CommandReader in) {
        if (in.peek() == '"') {
            in.string();
            in.space();
            in.atom();
            in.space();
        }
        return new ModSeq(in.number64());
    }

    private static CommandReader argument(CommandReader in) {
        in.space();
        return in;
    }
}
