package cz.digidig.imap.protocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LIST (RFC 9051 §6.3.9), with selection and return options (RFC 5258), LIST-STATUS (RFC 5819), SPECIAL-USE (RFC 6154).
 *
 * @param select selection options
 * @param reference put in front of each pattern
 * @param patterns with {@code %} and {@code *}; at least one
 * @param returns return options
 * @param status what STATUS is to say of each mailbox; null: no STATUS
 */
public record ListCommand(
        Set<Select> select,
        MailboxName reference,
        List<MailboxName> patterns,
        Set<Return> returns,
        @Nullable Set<StatusItem> status)
        implements ImapCommand {
    private static final int MOST_PATTERNS = 100;

    /** Which mailboxes are chosen. */
    public enum Select {
        SUBSCRIBED,
        REMOTE,
        RECURSIVEMATCH,
        SPECIAL_USE
    }

    /** What is told of them. */
    public enum Return {
        SUBSCRIBED,
        CHILDREN,
        SPECIAL_USE
    }

    static ListCommand parse(CommandReader in) {
        in.space();
        Set<Select> select = EnumSet.noneOf(Select.class);
        if (in.accept('(')) {
            while (!in.accept(')')) {
                in.acceptSpace();
                select.add(
                        switch (in.keyword()) {
                            case "SUBSCRIBED" -> Select.SUBSCRIBED;
                            case "REMOTE" -> Select.REMOTE;
                            case "RECURSIVEMATCH" -> Select.RECURSIVEMATCH;
                            case "SPECIAL-USE" -> Select.SPECIAL_USE;
                            default -> throw in.bad("Unknown selection option");
                        });
            }
            // RFC 5258 §3: it has to go with an option that it can be applied to.
            if (select.contains(Select.RECURSIVEMATCH)
                    && !select.contains(Select.SUBSCRIBED)
                    && !select.contains(Select.SPECIAL_USE)) {
                throw in.bad("RECURSIVEMATCH alone");
            }
            in.space();
        }
        MailboxName reference = in.mailbox();
        in.space();
        List<MailboxName> patterns = patterns(in);
        Set<Return> returns = EnumSet.noneOf(Return.class);
        Set<StatusItem> status = null;
        if (in.acceptSpace() && !in.atEnd()) {
            if (!in.keyword().equals("RETURN")) {
                throw in.bad("Expected RETURN");
            }
            in.space();
            in.expect('(');
            while (!in.accept(')')) {
                in.acceptSpace();
                switch (in.keyword()) {
                    case "SUBSCRIBED" -> returns.add(Return.SUBSCRIBED);
                    case "CHILDREN" -> returns.add(Return.CHILDREN);
                    case "SPECIAL-USE" -> returns.add(Return.SPECIAL_USE);
                    case "STATUS" -> {
                        in.space();
                        status = StatusItem.parseList(in);
                    }
                    default -> throw in.bad("Unknown return option");
                }
            }
        }
        return new ListCommand(select, reference, patterns, returns, status);
    }

    private static List<MailboxName> patterns(CommandReader in) {
        if (!in.accept('(')) {
            return List.of(in.pattern());
        }
        List<MailboxName> patterns = new ArrayList<>();
        do {
            patterns.add(in.pattern());
            if (patterns.size() > MOST_PATTERNS) {
                throw in.bad("More than " + MOST_PATTERNS + " patterns");
            }
        } while (in.acceptSpace());
        in.expect(')');
        return patterns;
    }

    /** Whether it is more than RFC 3501's LIST, so that answers may say more. */
    public boolean extended() {
        return !select.isEmpty() || !returns.isEmpty() || status != null || patterns.size() > 1;
    }

    @Override
    public String name() {
        return "LIST";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
