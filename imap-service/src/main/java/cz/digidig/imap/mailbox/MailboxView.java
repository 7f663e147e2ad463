package cz.digidig.imap.mailbox;

import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.MessageRef;
import cz.digidig.imap.protocol.SequenceSet;
import java.io.IOException;
import java.util.Arrays;

/**
 * A mailbox as one session sees it. Sequence numbers are stable between two calls of {@link #update}: a message that was
 * expunged elsewhere keeps its number until the client is told. Belongs to the session's thread.
 */
public final class MailboxView {
    /** What the client is to be told. */
    public interface Report {
        /** A message went; numbers above it are one lower from here on. */
        void expunged(int sequence) throws IOException;

        /** There are new messages. */
        void exists(int messages) throws IOException;

        /** A message's flags, or its mod-sequence alone, changed. */
        void flagsChanged(MailboxSnapshot.Row row) throws IOException;
    }

    private final SharedMailbox shared;
    /** The shared snapshot that was reported last. */
    private MailboxSnapshot reported;
    /** What the client knows: that snapshot, and messages that went without its being told. */
    private MailboxSnapshot known;

    private UidSet saved = UidSet.EMPTY;
    private int walkedTo = -1;

    /** @throws MailStore.MailboxGone it was deleted */
    public MailboxView(SharedMailbox shared) {
        this.shared = shared;
        this.reported = shared.current();
        this.known = reported;
    }

    public SharedMailbox shared() {
        return shared;
    }

    /** The messages, by the sequence numbers that the client knows. */
    public MailboxSnapshot messages() {
        return known;
    }

    /** The result of SEARCH RETURN (SAVE), as UIDs (RFC 5182). */
    public UidSet saved() {
        return saved;
    }

    public void save(UidSet uids) {
        saved = uids;
    }

    /**
     * Whether this message follows the one that was read before, so that the next ones will probably be wanted; notes it as
     * read.
     */
    public boolean walks(int index) {
        boolean follows = index == walkedTo + 1;
        walkedTo = index;
        return follows;
    }

    /** What became of an update. */
    public enum Outcome {
        CURRENT,
        /** Another UIDVALIDITY: the client's knowledge is void. */
        REBUILT
    }

    /**
     * Brings the view up to date and reports what changed. Storage is asked only where something may have changed.
     *
     * @param expunge whether EXPUNGE may be reported now
     */
    public Outcome update(boolean expunge, Report report) throws IOException {
        MailboxSnapshot latest = shared.current();
        boolean pending = known.size() != reported.size();
        if (latest == reported && known == reported) {
            return Outcome.CURRENT;
        }
        if (latest == reported && pending && !expunge) {
            return Outcome.CURRENT;
        }
        if (latest.uidValidity() != known.uidValidity()) {
            return Outcome.REBUILT;
        }
        MailboxSnapshot.Difference difference = known.to(latest);
        MailboxSnapshot next = latest;
        if (difference.vanishedCount > 0) {
            if (expunge) {
                for (int i = 0; i < difference.vanishedCount; i++) {
                    report.expunged(difference.vanished[i] + 1 - i);
                }
            } else {
                next = latest.with(known.rows(difference.vanished, difference.vanishedCount));
            }
        }
        known = next;
        reported = latest;
        if (difference.appended > 0) {
            report.exists(next.size());
        }
        MailboxSnapshot.Row row = next.row();
        for (int i = 0; i < difference.changedCount; i++) {
            report.flagsChanged(row.moveTo(next.find(difference.changed[i])));
        }
        return Outcome.CURRENT;
    }

    /** Takes over rows that the client has just been told, so that they are not reported again. */
    public void told(Rows rows) {
        known = known.with(existing(rows));
    }

    /** The rows of messages that the client knows of: others come by {@link #update}, with EXISTS. */
    private Rows existing(Rows rows) {
        int count = 0;
        for (long uid : rows.uid()) {
            count += known.find(uid) >= 0 ? 1 : 0;
        }
        if (count == rows.count()) {
            return rows;
        }
        Rows kept = new Rows(
                new long[count],
                new String[count],
                new long[count],
                new int[count],
                new long[count],
                new long[count],
                rows.keywords());
        int at = 0;
        for (int i = 0; i < rows.count(); i++) {
            if (known.find(rows.uid()[i]) >= 0) {
                kept.uid()[at] = rows.uid()[i];
                kept.id()[at] = rows.id()[i];
                kept.modSeq()[at] = rows.modSeq()[i];
                kept.flags()[at] = rows.flags()[i];
                kept.size()[at] = rows.size()[i];
                kept.internalDate()[at] = rows.internalDate()[i];
                at++;
            }
        }
        return kept;
    }

    /**
     * The UIDs of the messages that a command names, those that the client knows of only.
     *
     * @throws BadSyntax a sequence number that does not exist (RFC 9051 §9 seq-number)
     */
    public UidSet uids(MessageRef by, SequenceSet set) {
        if (set.saved()) {
            return existing(saved);
        }
        if (by == MessageRef.UID) {
            return existing(set.resolve(known.lastUid()));
        }
        if (set.largest() > known.size()) {
            throw new BadSyntax("There are " + known.size() + " messages, no more");
        }
        UidSet sequences = set.resolve(known.size());
        UidSet.Builder uids = new UidSet.Builder();
        MailboxSnapshot.Row row = known.row();
        for (int i = 0; i < sequences.ranges(); i++) {
            long last = Math.min(sequences.last(i), known.size());
            for (long sequence = sequences.first(i); sequence <= last; sequence++) {
                uids.add(row.moveTo((int) sequence - 1).uid());
            }
        }
        return uids.build();
    }

    /** The indexes of known messages of a set of UIDs, ascending. */
    public int[] indexes(UidSet uids) {
        int[] indexes = new int[(int) Math.min(known.size(), uids.size())];
        int count = 0;
        MailboxSnapshot.Row row = known.row();
        for (int i = 0; i < uids.ranges(); i++) {
            int index = known.find(uids.first(i));
            index = index < 0 ? -index - 1 : index;
            while (index < known.size() && row.moveTo(index).uid() <= uids.last(i)) {
                indexes[count++] = index++;
            }
        }
        return Arrays.copyOf(indexes, count);
    }

    private UidSet existing(UidSet uids) {
        UidSet.Builder found = new UidSet.Builder();
        MailboxSnapshot.Row row = known.row();
        for (int index : indexes(uids)) {
            found.add(row.moveTo(index).uid());
        }
        return found.build();
    }
}
