package cz.digidig.storage.search;

import cz.digidig.common.api.storage.MailboxSummary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of all mailboxes of an account, ascending by the time when they came. Immutable. */
public final class AccountRows implements Rows {
    private static final int MAILBOX_SHIFT = 32;

    private final List<MailboxSummary> mailboxes;
    private final List<MailboxRows> contents;
    /** For each row the mailbox and the row there. */
    private final long[] places;

    private volatile @Nullable IdTable ids;

    private AccountRows(List<MailboxSummary> mailboxes, List<MailboxRows> contents, long[] places) {
        this.mailboxes = mailboxes;
        this.contents = contents;
        this.places = places;
    }

    /** A message's place in the order: below it are those that came earlier. */
    public record Place(long internalDate, String mailbox, long uid) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::internalDate)
                .thenComparing(Place::mailbox)
                .thenComparingLong(Place::uid);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Puts mailboxes together.
     *
     * @param contents theirs, in the same order
     */
    static AccountRows of(List<MailboxSummary> mailboxes, List<MailboxRows> contents) {
        int size = contents.stream().mapToInt(MailboxRows::size).sum();
        Long[] places = new Long[size];
        int next = 0;
        for (int mailbox = 0; mailbox < contents.size(); mailbox++) {
            for (int row = 0; row < contents.get(mailbox).size(); row++) {
                places[next++] = ((long) mailbox << MAILBOX_SHIFT) | row;
            }
        }
        // Mailboxes are nearly in this order each, which this way of sorting makes use of.
        Arrays.sort(places, (one, other) -> order(mailboxes, contents, one, other));
        return new AccountRows(
                List.copyOf(mailboxes),
                List.copyOf(contents),
                Arrays.stream(places).mapToLong(Long::longValue).toArray());
    }

    private static int order(List<MailboxSummary> mailboxes, List<MailboxRows> contents, long one, long other) {
        int oneBox = (int) (one >>> MAILBOX_SHIFT);
        int otherBox = (int) (other >>> MAILBOX_SHIFT);
        int byDate = Long.compare(
                contents.get(oneBox).internalDate((int) one),
                contents.get(otherBox).internalDate((int) other));
        if (byDate != 0) {
            return byDate;
        }
        // Within a mailbox rows ascend by UID.
        return oneBox == otherBox
                ? Integer.compare((int) one, (int) other)
                : mailboxes.get(oneBox).id().compareTo(mailboxes.get(otherBox).id());
    }

    boolean isOf(List<MailboxSummary> summaries, List<MailboxRows> rows) {
        if (rows.size() != contents.size() || !summaries.equals(mailboxes)) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) != contents.get(i)) {
                return false;
            }
        }
        return true;
    }

    List<MailboxSummary> summaries() {
        return mailboxes;
    }

    /** The mailbox that a row is in. */
    public MailboxSummary mailboxOf(int row) {
        return mailboxes.get(mailbox(row));
    }

    /** All messages of that mailbox. */
    public MailboxRows contentsOf(int row) {
        return contents.get(mailbox(row));
    }

    /** Which of them the row is. */
    public int rowIn(int row) {
        return (int) places[row];
    }

    public Place place(int row) {
        return new Place(internalDate(row), mailboxOf(row).id(), uid(row));
    }

    /** The first row that is not below a place. */
    int firstFrom(Place place) {
        int low = 0;
        int high = places.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (place(middle).compareTo(place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public int size() {
        return places.length;
    }

    @Override
    public long uid(int row) {
        return contentsOf(row).uid(rowIn(row));
    }

    @Override
    public String id(int row) {
        return contentsOf(row).id(rowIn(row));
    }

    @Override
    public long modSeq(int row) {
        return contentsOf(row).modSeq(rowIn(row));
    }

    @Override
    public int flags(int row) {
        return contentsOf(row).flags(rowIn(row));
    }

    @Override
    public long size(int row) {
        return contentsOf(row).size(rowIn(row));
    }

    @Override
    public long internalDate(int row) {
        return contentsOf(row).internalDate(rowIn(row));
    }

    @Override
    public List<String> keywords(int row) {
        return contentsOf(row).keywords(rowIn(row));
    }

    @Override
    public int mailbox(int row) {
        return (int) (places[row] >>> MAILBOX_SHIFT);
    }

    @Override
    public List<String> mailboxes() {
        return mailboxes.stream().map(MailboxSummary::id).toList();
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
}
