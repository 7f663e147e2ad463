package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.protocol.StatusItem;
import cz.digidig.imap.session.SessionLimits;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What STATUS tells of a mailbox (RFC 9051 §7.3.2). */
final class StatusValues {
    private StatusValues() {}

    static Map<StatusItem, String> of(Mailbox mailbox, Set<StatusItem> items, SessionLimits limits) {
        Map<StatusItem, String> values = new EnumMap<>(StatusItem.class);
        for (StatusItem item : items) {
            values.put(
                    item,
                    switch (item) {
                        case MESSAGES -> Long.toString(mailbox.messages());
                        case RECENT -> "0";
                        case UIDNEXT -> Long.toString(mailbox.uidNext());
                        case UIDVALIDITY -> Long.toString(mailbox.uidValidity());
                        case UNSEEN -> Long.toString(mailbox.unseen());
                        case DELETED -> Long.toString(mailbox.deleted());
                        case SIZE -> Long.toString(mailbox.size());
                        case HIGHESTMODSEQ -> Long.toString(Math.max(1, mailbox.highestModSeq()));
                        case APPENDLIMIT -> Long.toString(limits.largestMessage());
                        case MAILBOXID -> "(" + mailbox.id() + ")";
                    });
        }
        return values;
    }
}
