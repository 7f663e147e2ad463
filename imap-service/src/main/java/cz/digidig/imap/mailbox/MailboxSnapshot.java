package cz.digidig.imap.mailbox;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox's messages at one mod-sequence, ascending by UID, in chunks that following snapshots share. Immutable. Indexes
 * count from 0.
 */
public final class MailboxSnapshot {
    private final long uidValidity;
    private final long uidNext;
    private final long highestModSeq;
    private final Chunk[] chunks;
    /** The index of each chunk's first message, and behind them how many messages there are. */
    private final int[] starts;

    private MailboxSnapshot(long uidValidity, long uidNext, long highestModSeq, List<Chunk> chunks) {
        this.uidValidity = uidValidity;
        this.uidNext = uidNext;
        this.highestModSeq = highestModSeq;
        this.chunks = chunks.toArray(new Chunk[0]);
        this.starts = new int[this.chunks.length + 1];
        for (int i = 0; i < this.chunks.length; i++) {
            starts[i + 1] = starts[i] + this.chunks[i].count;
        }
    }

    /** Without messages. */
    public static MailboxSnapshot empty(long uidValidity, long uidNext, long highestModSeq) {
        return new MailboxSnapshot(uidValidity, uidNext, highestModSeq, List.of());
    }

    public long uidValidity() {
        return uidValidity;
    }

    public long uidNext() {
        return uidNext;
    }

    public long highestModSeq() {
        return highestModSeq;
    }

    public int size() {
        return starts[chunks.length];
    }

    /** What a cache counts it as. */
    public long octets() {
        long octets = 64;
        for (Chunk chunk : chunks) {
            octets += chunk.octets();
        }
        return octets;
    }

    /** The largest UID; 0 where there are no messages. */
    public long lastUid() {
        return chunks.length == 0 ? 0 : chunks[chunks.length - 1].last();
    }

    /** The index of a UID, or {@code -(insertion point) - 1}. */
    public int find(long uid) {
        int low = 0;
        int high = chunks.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (uid > chunks[middle].last()) {
                low = middle + 1;
            } else if (uid < chunks[middle].first()) {
                high = middle - 1;
            } else {
                int at = chunks[middle].find(uid);
                return at >= 0 ? starts[middle] + at : at - starts[middle];
            }
        }
        return -starts[low] - 1;
    }

    /** A row to be moved from message to message; cheapest in order. */
    public Row row() {
        return new Row(this);
    }

    /** The first message without {@code \Seen}; -1: none. */
    public int firstUnseen() {
        for (int c = 0; c < chunks.length; c++) {
            for (int i = 0; i < chunks[c].count; i++) {
                if (!MessageFlag.SEEN.in(chunks[c].flags(i))) {
                    return starts[c] + i;
                }
            }
        }
        return -1;
    }

    /** How many messages have a flag. */
    public int count(MessageFlag flag) {
        int count = 0;
        for (Chunk chunk : chunks) {
            for (int i = 0; i < chunk.count; i++) {
                count += flag.in(chunk.flags(i)) ? 1 : 0;
            }
        }
        return count;
    }

    /** All messages' octets together. */
    public long totalSize() {
        long total = 0;
        for (Chunk chunk : chunks) {
            for (int i = 0; i < chunk.count; i++) {
                total += chunk.size(i);
            }
        }
        return total;
    }

    /** All keywords in use. */
    public List<String> keywords() {
        TreeSet<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Chunk chunk : chunks) {
            for (int i = 0; i < chunk.count; i++) {
                List<String> words = chunk.keywords(i);
                if (words != null) {
                    all.addAll(words);
                }
            }
        }
        return List.copyOf(all);
    }

    /** This with rows put in or in place of older ones, the mailbox's figures as before. */
    public MailboxSnapshot with(Rows rows) {
        return with(rows, UidSet.EMPTY, uidNext, highestModSeq);
    }

    /** The mailbox after a change: rows put in or in place of older ones, and UIDs removed. */
    public MailboxSnapshot with(Rows rows, UidSet removed, long newUidNext, long newHighestModSeq) {
        List<Chunk> changed = new ArrayList<>(chunks.length + 1);
        int next = 0;
        for (int c = 0; c < chunks.length; c++) {
            Chunk chunk = chunks[c];
            int end = next;
            if (c == chunks.length - 1) {
                // Few new messages join the last chunk.
                int room = Chunk.MOST - chunk.count;
                while (end < rows.count() && (rows.uid()[end] <= chunk.last() || end - next < room)) {
                    end++;
                }
            } else {
                while (end < rows.count() && rows.uid()[end] <= chunk.last()) {
                    end++;
                }
            }
            if (end == next && !touches(removed, chunk)) {
                changed.add(chunk);
            } else {
                Chunk merged = chunk.with(rows, next, end, removed);
                if (merged != null) {
                    changed.add(merged);
                }
            }
            next = end;
        }
        while (next < rows.count()) {
            int end = Math.min(next + Chunk.MOST, rows.count());
            changed.add(Chunk.of(rows, next, end));
            next = end;
        }
        return new MailboxSnapshot(uidValidity, newUidNext, newHighestModSeq, changed);
    }

    private static boolean touches(UidSet removed, Chunk chunk) {
        for (int i = 0; i < removed.ranges(); i++) {
            if (removed.first(i) <= chunk.last() && removed.last(i) >= chunk.first()) {
                return true;
            }
        }
        return false;
    }

    /** What differs in a later snapshot; the indexes of what vanished or changed are of this one. */
    Difference to(MailboxSnapshot later) {
        Difference difference = new Difference();
        int c = 0;
        int at = 0;
        int d = 0;
        int there = 0;
        while (c < chunks.length) {
            if (at == 0 && there == 0 && d < later.chunks.length && chunks[c] == later.chunks[d]) {
                c++;
                d++;
                continue;
            }
            Chunk old = chunks[c];
            long uid = old.uid(at);
            while (d < later.chunks.length && later.chunks[d].uid(there) < uid) {
                difference.appended++;
                there++;
                if (there == later.chunks[d].count) {
                    d++;
                    there = 0;
                }
            }
            if (d < later.chunks.length && later.chunks[d].uid(there) == uid) {
                if (!old.sameFlags(at, later.chunks[d], there) || old.modSeq(at) != later.chunks[d].modSeq(there)) {
                    difference.changed(uid);
                }
                there++;
                if (there == later.chunks[d].count) {
                    d++;
                    there = 0;
                }
            } else {
                difference.vanished(starts[c] + at);
            }
            at++;
            if (at == old.count) {
                c++;
                at = 0;
            }
        }
        difference.appended += d < later.chunks.length ? later.size() - later.starts[d] - there : 0;
        return difference;
    }

    /** The messages at some indexes, as rows. */
    Rows rows(int[] indexes, int count) {
        Rows rows = new Rows(
                new long[count],
                new String[count],
                new long[count],
                new int[count],
                new long[count],
                new long[count],
                new java.util.HashMap<>());
        Row row = row();
        for (int i = 0; i < count; i++) {
            row.moveTo(indexes[i]);
            rows.uid()[i] = row.uid();
            rows.id()[i] = row.id();
            rows.modSeq()[i] = row.modSeq();
            rows.flags()[i] = row.flags();
            rows.size()[i] = row.size();
            rows.internalDate()[i] = row.internalDate();
            List<String> keywords = row.keywords();
            if (keywords != null) {
                rows.keywords().put(row.uid(), keywords);
            }
        }
        return rows;
    }

    /** What differs between two snapshots. */
    static final class Difference {
        int[] vanished = new int[4];
        int vanishedCount;
        long[] changed = new long[4];
        int changedCount;
        int appended;

        private void vanished(int index) {
            if (vanishedCount == vanished.length) {
                vanished = Arrays.copyOf(vanished, 2 * vanishedCount);
            }
            vanished[vanishedCount++] = index;
        }

        private void changed(long uid) {
            if (changedCount == changed.length) {
                changed = Arrays.copyOf(changed, 2 * changedCount);
            }
            changed[changedCount++] = uid;
        }
    }

    /** One message of a snapshot. */
    public static final class Row {
        private final MailboxSnapshot snapshot;
        private int chunkIndex;
        private int at = -1;
        private int index = -1;

        private Row(MailboxSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        /** Stands at this index from now on. */
        public Row moveTo(int wanted) {
            int[] starts = snapshot.starts;
            if (index < 0 || wanted < starts[chunkIndex] || wanted >= starts[chunkIndex + 1]) {
                int low = 0;
                int high = snapshot.chunks.length - 1;
                while (low < high) {
                    int middle = (low + high + 1) >>> 1;
                    if (starts[middle] <= wanted) {
                        low = middle;
                    } else {
                        high = middle - 1;
                    }
                }
                chunkIndex = low;
            }
            index = wanted;
            at = wanted - starts[chunkIndex];
            return this;
        }

        private Chunk chunk() {
            return snapshot.chunks[chunkIndex];
        }

        public int index() {
            return index;
        }

        /** The sequence number, as this snapshot counts. */
        public int sequence() {
            return index + 1;
        }

        public long uid() {
            return chunk().uid(at);
        }

        public String id() {
            return chunk().id(at);
        }

        public long modSeq() {
            return chunk().modSeq(at);
        }

        public int flags() {
            return chunk().flags(at);
        }

        public @Nullable List<String> keywords() {
            return chunk().keywords(at);
        }

        public long size() {
            return chunk().size(at);
        }

        public long internalDate() {
            return chunk().internalDate(at);
        }
    }
}
