package cz.digidig.imap.protocol;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SEARCH and UID SEARCH (RFC 9051 §6.4.4), with result options (RFC 4731, RFC 5182).
 *
 * @param by what the answer holds
 * @param returns result options; null: none were given, so that IMAP4rev1's answer is wanted
 * @param charset of the strings, in upper case; null: none was given
 * @param key what to find
 */
public record SearchCommand(
        MessageRef by,
        @Nullable Set<Result> returns,
        @Nullable String charset,
        SearchKey key) implements ImapCommand {
    /** What is to be told of the messages found. */
    public enum Result {
        MIN,
        MAX,
        ALL,
        COUNT,
        SAVE
    }

    static SearchCommand parse(CommandReader in, MessageRef by) {
        in.space();
        Set<Result> returns = null;
        if (in.acceptWord("RETURN")) {
            in.space();
            in.expect('(');
            returns = EnumSet.noneOf(Result.class);
            while (!in.accept(')')) {
                in.acceptSpace();
                returns.add(
                        switch (in.keyword()) {
                            case "MIN" -> Result.MIN;
                            case "MAX" -> Result.MAX;
                            case "ALL" -> Result.ALL;
                            case "COUNT" -> Result.COUNT;
                            case "SAVE" -> Result.SAVE;
                            default -> throw in.bad("Unknown result option");
                        });
            }
            if (returns.isEmpty()) {
                returns.add(Result.ALL);
            }
            in.space();
        }
        String charset = null;
        if (in.acceptWord("CHARSET")) {
            in.space();
            charset = in.astring().toUpperCase(java.util.Locale.ROOT);
            in.space();
        }
        return new SearchCommand(by, returns, charset, SearchKey.parseAll(in));
    }

    @Override
    public String name() {
        return by.prefixed("SEARCH");
    }

    @Override
    public Phase allowedIn() {
        return Phase.SELECTED;
    }

    @Override
    public boolean mayReportExpunge() {
        return by == MessageRef.UID;
    }
}
