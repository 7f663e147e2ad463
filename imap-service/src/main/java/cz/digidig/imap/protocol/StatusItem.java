package cz.digidig.imap.protocol;

import java.util.EnumSet;
import java.util.Set;

/** What STATUS tells (RFC 9051 §6.3.11; RFC 7162 §3.1.7, RFC 7889 §5, RFC 8474 §4.3). */
public enum StatusItem {
    MESSAGES,
    RECENT,
    UIDNEXT,
    UIDVALIDITY,
    UNSEEN,
    DELETED,
    SIZE,
    HIGHESTMODSEQ,
    APPENDLIMIT,
    MAILBOXID;

    static Set<StatusItem> parseList(CommandReader in) {
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        in.expect('(');
        do {
            String name = in.keyword();
            boolean found = false;
            for (StatusItem item : values()) {
                if (item.name().equals(name)) {
                    items.add(item);
                    found = true;
                }
            }
            if (!found) {
                throw in.bad("Unknown STATUS item");
            }
        } while (in.acceptSpace());
        in.expect(')');
        return items;
    }
}
