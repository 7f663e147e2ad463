package cz.digidig.storage.search;

import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MessageColumns;
import cz.digidig.common.mailbox.UidSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of a mailbox at one mod-sequence, ascending by UID. Immutable. */
public final class MailboxRows implements Rows {
    private final String mailbox;
    private final long uidValidity;
    private final long modSeq;
    private final MessageColumns columns;
    private final Map<Long, List<String>> keywords;
    private volatile @Nullable IdTable ids;

    private MailboxRows(String mailbox, long uidValidity, long modSeq, MessageColumns columns) {
        this.mailbox = mailbox;
        this.uidValidity = uidValidity;
        this.modSeq = modSeq;
        this.columns = columns;
        this.keywords = HashMap.newHashMap(columns.keywords().size());
        for (MessageColumns.Keywords row : columns.keywords()) {
            keywords.put(row.uid(), row.names());
        }
    }

    static MailboxRows empty(String mailbox, long uidValidity) {
        MessageColumns none = new MessageColumns(
                new long[0], new String[0], new long[0], new int[0], new long[0], new long[0], List.of());
        return new MailboxRows(mailbox, uidValidity, 0, none);
    }

    @Override
    public int size() {
        return columns.uid().length;
    }

    /** The id of the mailbox. */
    public String mailbox() {
        return mailbox;
    }

    long uidValidity() {
        return uidValidity;
    }

    /** The mod-sequence that these rows are complete up to. */
    public long modSeq() {
        return modSeq;
    }

    @Override
    public long uid(int row) {
        return columns.uid()[row];
    }

    @Override
    public String id(int row) {
        return columns.id()[row];
    }

    @Override
    public long modSeq(int row) {
        return columns.modSeq()[row];
    }

    @Override
    public int flags(int row) {
        return columns.flags()[row];
    }

    @Override
    public long size(int row) {
        return columns.size()[row];
    }

    @Override
    public long internalDate(int row) {
        return columns.internalDate()[row];
    }

    @Override
    public List<String> keywords(int row) {
        return keywords.isEmpty() ? List.of() : keywords.getOrDefault(uid(row), List.of());
    }

    @Override
    public int mailbox(int row) {
        return 0;
    }

    @Override
    public List<String> mailboxes() {
        return List.of(mailbox);
    }

    @Override
    public IdTable ids() {
        IdTable table = ids;
        if (table == null) {
            table = IdTable.of(this);
            ids = table;
        }
        return table;
    }

    /** The first row with a UID of at least this; {@link #size()}: none. */
    public int firstFrom(long uid) {
        int found = Arrays.binarySearch(columns.uid(), uid);
        return found < 0 ? -found - 1 : found;
    }

    /** The row of a message by its id, the newest where there are several; -1: it is not here. */
    public int rowOf(String id) {
        String[] ids = columns.id();
        for (int row = ids.length - 1; row >= 0; row--) {
            if (ids[row].equals(id)) {
                return row;
            }
        }
        return -1;
    }

    /** These rows after changes. */
    MailboxRows with(MailboxChanges changes) {
        MessageColumns changed = changes.changed();
        UidSet vanished = UidSet.parse(changes.vanished());
        int most = size() + changed.uid().length;
        Merge merge = new Merge(most);
        int next = 0;
        for (int row = 0; row < size(); row++) {
            long uid = uid(row);
            while (next < changed.uid().length && changed.uid()[next] < uid) {
                merge.add(changed, next++);
            }
            if (next < changed.uid().length && changed.uid()[next] == uid) {
                merge.add(changed, next++);
            } else if (vanished.isEmpty() || !vanished.contains(uid)) {
                merge.add(columns, row);
            }
        }
        while (next < changed.uid().length) {
            merge.add(changed, next++);
        }
        Map<Long, List<String>> names = new HashMap<>(keywords);
        for (long uid : changed.uid()) {
            names.remove(uid);
        }
        changed.keywords().forEach(row -> names.put(row.uid(), row.names()));
        return new MailboxRows(mailbox, changes.uidValidity(), changes.highestModSeq(), merge.columns(names));
    }

    private static final class Merge {
        private final MessageColumns into;
        private int count;

        Merge(int most) {
            into = new MessageColumns(
                    new long[most],
                    new String[most],
                    new long[most],
                    new int[most],
                    new long[most],
                    new long[most],
                    List.of());
        }

        void add(MessageColumns from, int row) {
            into.uid()[count] = from.uid()[row];
            into.id()[count] = from.id()[row];
            into.modSeq()[count] = from.modSeq()[row];
            into.flags()[count] = from.flags()[row];
            into.size()[count] = from.size()[row];
            into.internalDate()[count] = from.internalDate()[row];
            count++;
        }

        MessageColumns columns(Map<Long, List<String>> names) {
            List<MessageColumns.Keywords> keywords = new ArrayList<>(names.size());
            for (int row = 0; row < count && !names.isEmpty(); row++) {
                List<String> of = names.get(into.uid()[row]);
                if (of != null) {
                    keywords.add(new MessageColumns.Keywords(into.uid()[row], of));
                }
            }
            return new MessageColumns(
                    Arrays.copyOf(into.uid(), count),
                    Arrays.copyOf(into.id(), count),
                    Arrays.copyOf(into.modSeq(), count),
                    Arrays.copyOf(into.flags(), count),
                    Arrays.copyOf(into.size(), count),
                    Arrays.copyOf(into.internalDate(), count),
                    keywords);
        }
    }
}
