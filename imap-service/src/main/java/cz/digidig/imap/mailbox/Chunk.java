package cz.digidig.imap.mailbox;

import cz.digidig.common.mailbox.UidSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Up to some hundred neighbouring messages of a mailbox as compact columns. Immutable. */
final class Chunk {
    /** The most messages that appending puts into one. */
    static final int MOST = 512;

    final int count;
    private final int[] uids;
    private final byte[] ids;
    private final int idWidth;
    private final long[] modSeqs;
    private final byte[] flags;
    private final int[] sizes;
    private final long[] dates;
    private final List<String> @Nullable [] keywords;

    private Chunk(
            int count,
            int[] uids,
            byte[] ids,
            int idWidth,
            long[] modSeqs,
            byte[] flags,
            int[] sizes,
            long[] dates,
            List<String> @Nullable [] keywords) {
        this.count = count;
        this.uids = uids;
        this.ids = ids;
        this.idWidth = idWidth;
        this.modSeqs = modSeqs;
        this.flags = flags;
        this.sizes = sizes;
        this.dates = dates;
        this.keywords = keywords;
    }

    long uid(int at) {
        return uids[at] & 0xFFFF_FFFFL;
    }

    long first() {
        return uid(0);
    }

    long last() {
        return uid(count - 1);
    }

    String id(int at) {
        int from = at * idWidth;
        int to = from + idWidth;
        while (to > from && ids[to - 1] == 0) {
            to--;
        }
        return new String(ids, from, to - from, StandardCharsets.ISO_8859_1);
    }

    long modSeq(int at) {
        return modSeqs[at];
    }

    int flags(int at) {
        return flags[at];
    }

    @Nullable
    List<String> keywords(int at) {
        List<String> words = keywords == null ? null : keywords[at];
        return words == null || words.isEmpty() ? null : words;
    }

    long size(int at) {
        return sizes[at] & 0xFFFF_FFFFL;
    }

    long internalDate(int at) {
        return dates[at];
    }

    boolean sameFlags(int at, Chunk other, int there) {
        return flags[at] == other.flags[there] && Objects.equals(keywords(at), other.keywords(there));
    }

    /** The index of a UID, or {@code -(insertion point) - 1}. */
    int find(long uid) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long here = uid(middle);
            if (here < uid) {
                low = middle + 1;
            } else if (here > uid) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }

    long octets() {
        return 160L + count * (25L + idWidth) + (keywords == null ? 0 : 64L * count);
    }

    /** Rows from one index to another as a chunk. */
    static Chunk of(Rows rows, int from, int to) {
        Builder builder = new Builder(to - from);
        for (int i = from; i < to; i++) {
            builder.add(rows, i);
        }
        return builder.build();
    }

    /** This with some rows put in or in place of older ones, and some UIDs removed; null where nothing is left. */
    @Nullable
    Chunk with(Rows rows, int from, int to, UidSet removed) {
        if (removed.isEmpty()) {
            if (from < to && rows.uid()[from] > last()) {
                return extended(rows, from, to);
            }
            Chunk replaced = replaced(rows, from, to);
            if (replaced != null) {
                return replaced;
            }
        }
        return merged(rows, from, to, removed);
    }

    /** With other flags; what never changes is shared. Null where a row is none of this chunk's. */
    private @Nullable Chunk replaced(Rows rows, int from, int to) {
        long[] newModSeqs = modSeqs.clone();
        byte[] newFlags = flags.clone();
        List<String>[] newKeywords = keywords == null ? null : keywords.clone();
        for (int i = from; i < to; i++) {
            int at = find(rows.uid()[i]);
            if (at < 0) {
                return null;
            }
            // An answer may arrive after a later one.
            if (modSeqs[at] > rows.modSeq()[i]) {
                continue;
            }
            newModSeqs[at] = rows.modSeq()[i];
            newFlags[at] = (byte) rows.flags()[i];
            List<String> words = rows.keywords().get(rows.uid()[i]);
            if (words != null && newKeywords == null) {
                newKeywords = noKeywords(count);
            }
            if (newKeywords != null) {
                newKeywords[at] = words == null ? List.of() : words;
            }
        }
        return new Chunk(count, uids, ids, idWidth, newModSeqs, newFlags, sizes, dates, newKeywords);
    }

    /** With rows behind the last. */
    private Chunk extended(Rows rows, int from, int to) {
        Chunk more = of(rows, from, to);
        if (more.idWidth != idWidth) {
            Chunk both = merged(rows, from, to, UidSet.EMPTY);
            return both == null ? more : both;
        }
        int total = count + more.count;
        int[] newUids = Arrays.copyOf(uids, total);
        byte[] newIds = Arrays.copyOf(ids, total * idWidth);
        long[] newModSeqs = Arrays.copyOf(modSeqs, total);
        byte[] newFlags = Arrays.copyOf(flags, total);
        int[] newSizes = Arrays.copyOf(sizes, total);
        long[] newDates = Arrays.copyOf(dates, total);
        System.arraycopy(more.uids, 0, newUids, count, more.count);
        System.arraycopy(more.ids, 0, newIds, count * idWidth, more.ids.length);
        System.arraycopy(more.modSeqs, 0, newModSeqs, count, more.count);
        System.arraycopy(more.flags, 0, newFlags, count, more.count);
        System.arraycopy(more.sizes, 0, newSizes, count, more.count);
        System.arraycopy(more.dates, 0, newDates, count, more.count);
        List<String>[] newKeywords = null;
        if (keywords != null || more.keywords != null) {
            newKeywords = keywords == null ? noKeywords(total) : Arrays.copyOf(keywords, total);
            if (more.keywords != null) {
                System.arraycopy(more.keywords, 0, newKeywords, count, more.count);
            }
        }
        return new Chunk(total, newUids, newIds, idWidth, newModSeqs, newFlags, newSizes, newDates, newKeywords);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a parameterised type can't be made otherwise.
    private static List<String>[] noKeywords(int count) {
        return new List[count];
    }

    private @Nullable Chunk merged(Rows rows, int from, int to, UidSet removed) {
        Builder builder = new Builder(count + to - from);
        int here = 0;
        int there = from;
        while (here < count || there < to) {
            if (there == to || (here < count && uid(here) < rows.uid()[there])) {
                if (removed.isEmpty() || !removed.contains(uid(here))) {
                    builder.add(this, here);
                }
                here++;
                continue;
            }
            boolean same = here < count && uid(here) == rows.uid()[there];
            if (removed.isEmpty() || !removed.contains(rows.uid()[there])) {
                // An answer may arrive after a later one.
                if (same && modSeq(here) > rows.modSeq()[there]) {
                    builder.add(this, here);
                } else {
                    builder.add(rows, there);
                }
            }
            here += same ? 1 : 0;
            there++;
        }
        return builder.count == 0 ? null : builder.build();
    }

    /** Gathers messages in ascending order. */
    static final class Builder {
        private int count;
        private final int[] uids;
        private final String[] ids;
        private final long[] modSeqs;
        private final byte[] flags;
        private final int[] sizes;
        private final long[] dates;
        private List<String> @Nullable [] keywords;

        Builder(int most) {
            uids = new int[most];
            ids = new String[most];
            modSeqs = new long[most];
            flags = new byte[most];
            sizes = new int[most];
            dates = new long[most];
        }

        void add(Rows rows, int at) {
            long uid = rows.uid()[at];
            add(
                    uid,
                    rows.id()[at],
                    rows.modSeq()[at],
                    rows.flags()[at],
                    rows.size()[at],
                    rows.internalDate()[at],
                    rows.keywords().isEmpty() ? null : rows.keywords().get(uid));
        }

        void add(Chunk chunk, int at) {
            add(
                    chunk.uid(at),
                    chunk.id(at),
                    chunk.modSeq(at),
                    chunk.flags(at),
                    chunk.size(at),
                    chunk.internalDate(at),
                    chunk.keywords(at));
        }

        private void add(
                long uid, String id, long modSeq, int bits, long size, long date, @Nullable List<String> words) {
            uids[count] = (int) uid;
            ids[count] = id;
            modSeqs[count] = modSeq;
            flags[count] = (byte) bits;
            sizes[count] = (int) Math.min(size, 0xFFFF_FFFFL);
            dates[count] = date;
            if (words != null && !words.isEmpty()) {
                keywords()[count] = words;
            }
            count++;
        }

        private List<String>[] keywords() {
            List<String>[] made = keywords;
            if (made == null) {
                made = noKeywords(uids.length);
                keywords = made;
            }
            return made;
        }

        Chunk build() {
            int width = 1;
            for (int i = 0; i < count; i++) {
                width = Math.max(width, ids[i].length());
            }
            byte[] packed = new byte[width * count];
            for (int i = 0; i < count; i++) {
                byte[] octets = ids[i].getBytes(StandardCharsets.ISO_8859_1);
                System.arraycopy(octets, 0, packed, i * width, octets.length);
            }
            List<String>[] words = keywords;
            return new Chunk(
                    count,
                    Arrays.copyOf(uids, count),
                    packed,
                    width,
                    Arrays.copyOf(modSeqs, count),
                    Arrays.copyOf(flags, count),
                    Arrays.copyOf(sizes, count),
                    Arrays.copyOf(dates, count),
                    words == null ? null : Arrays.copyOf(words, count));
        }
    }
}
