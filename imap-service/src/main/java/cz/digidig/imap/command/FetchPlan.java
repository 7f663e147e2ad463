package cz.digidig.imap.command;

import cz.digidig.imap.protocol.FetchCommand;
import cz.digidig.imap.protocol.FetchItem;
import cz.digidig.imap.protocol.MessageRef;
import java.util.ArrayList;
import java.util.List;

/**
 * What a FETCH needs.
 *
 * @param items in the order in which they are told
 * @param rendered ENVELOPE, structure or layout are needed
 * @param octets what of the message's octets is needed
 * @param marksSeen reading sets {@code \Seen}
 * @param modSeq mod-sequences are told
 */
record FetchPlan(List<FetchItem> items, boolean rendered, Octets octets, boolean marksSeen, boolean modSeq) {
    /** How much of a message has to be read. */
    enum Octets {
        NONE,
        HEAD,
        WHOLE
    }

    static FetchPlan of(FetchCommand command) {
        List<FetchItem> items = new ArrayList<>(command.items());
        if (command.by() == MessageRef.UID) {
            items.remove(FetchItem.Simple.UID);
            items.addFirst(FetchItem.Simple.UID);
        }
        if (command.changedSince() != null && !items.contains(FetchItem.Simple.MODSEQ)) {
            items.add(FetchItem.Simple.MODSEQ);
        }
        boolean rendered = false;
        boolean marksSeen = false;
        Octets octets = Octets.NONE;
        for (FetchItem item : items) {
            switch (item) {
                case FetchItem.Simple simple ->
                    rendered |= switch (simple) {
                        case ENVELOPE, BODY, BODYSTRUCTURE, THREADID -> true;
                        case FLAGS, UID, INTERNALDATE, RFC822_SIZE, MODSEQ, EMAILID -> false;
                    };
                case FetchItem.Section section -> {
                    rendered |= !isWhole(section);
                    marksSeen |= section.look() == FetchItem.Look.READ;
                    octets = more(octets, isHead(section) ? Octets.HEAD : Octets.WHOLE);
                }
                case FetchItem.Binary binary -> {
                    rendered = true;
                    marksSeen |= binary.look() == FetchItem.Look.READ;
                    octets = Octets.WHOLE;
                }
                case FetchItem.BinarySize _ -> {
                    rendered = true;
                    octets = Octets.WHOLE;
                }
            }
        }
        return new FetchPlan(items, rendered, octets, marksSeen, items.contains(FetchItem.Simple.MODSEQ));
    }

    private static Octets more(Octets one, Octets other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    static boolean isWhole(FetchItem.Section section) {
        return section.part().isEmpty() && section.text() == FetchItem.Text.WHOLE;
    }

    private static boolean isHead(FetchItem.Section section) {
        return section.part().isEmpty()
                && switch (section.text()) {
                    case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT -> true;
                    case WHOLE, TEXT, MIME -> false;
                };
    }
}
