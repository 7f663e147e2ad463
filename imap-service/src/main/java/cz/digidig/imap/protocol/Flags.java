package cz.digidig.imap.protocol;

import cz.digidig.common.mailbox.MessageFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Flags in commands (RFC 9051 §9 flag-list): system flags by their proper names, keywords as written. */
final class Flags {
    private static final int MOST_FLAGS = 64;
    private static final int MOST_NAME = 128;

    private Flags() {}

    /** A list in parentheses. */
    static List<String> parseList(CommandReader in) {
        in.expect('(');
        List<String> flags = new ArrayList<>();
        while (!in.accept(')')) {
            if (!flags.isEmpty()) {
                in.space();
            }
            add(in, flags);
        }
        return flags;
    }

    /** A list in parentheses, or flags with spaces between them to the line's end. */
    static List<String> parse(CommandReader in) {
        if (in.peek() == '(') {
            return parseList(in);
        }
        List<String> flags = new ArrayList<>();
        do {
            add(in, flags);
        } while (in.acceptSpace() && !in.atEnd());
        return flags;
    }

    private static void add(CommandReader in, List<String> flags) {
        if (flags.size() == MOST_FLAGS) {
            throw in.bad("More than " + MOST_FLAGS + " flags");
        }
        if (!in.accept('\\')) {
            String keyword = in.atom();
            if (keyword.length() > MOST_NAME) {
                throw in.bad("A keyword longer than " + MOST_NAME);
            }
            flags.add(keyword);
            return;
        }
        String name = "\\" + in.atom();
        Optional<MessageFlag> flag = MessageFlag.ofImapName(name);
        if (flag.isPresent()) {
            flags.add(flag.get().imapName());
        } else if (!name.toLowerCase(Locale.ROOT).equals("\\recent")) {
            // \Recent was the server's to set; clients that copy flags still send it, and it says nothing.
            throw in.bad("Unknown system flag");
        }
    }
}
