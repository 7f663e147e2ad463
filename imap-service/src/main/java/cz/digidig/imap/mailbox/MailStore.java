package cz.digidig.imap.mailbox;

import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.protocol.MailboxName;
import cz.digidig.imap.protocol.SearchKey;
import cz.digidig.imap.protocol.StoreCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The port to where mail is kept. All calls may throw {@link cz.digidig.imap.protocol.ImapFailure.Unavailable}, and {@link
 * cz.digidig.imap.protocol.ImapFailure.Refused} with the code that the client is to get. {@code account} and {@code
 * mailbox} are ids.
 */
public interface MailStore {
    /** All mailboxes of an account, INBOX first. */
    List<Mailbox> mailboxes(String account);

    /** Empty: it is gone. */
    java.util.Optional<Mailbox> mailbox(String account, String mailbox);

    Mailbox create(String account, MailboxName name, @Nullable String specialUse);

    void rename(String account, String mailbox, MailboxName name);

    void subscribe(String account, String mailbox, boolean subscribed);

    void delete(String account, String mailbox);

    /**
     * What changed after a mod-sequence.
     *
     * @param since 0: everything
     * @param afterUid only messages above
     * @throws MailboxGone there is no such mailbox any more
     */
    Changes changes(String account, String mailbox, long since, long afterUid);

    /**
     * An answer to {@link #changes}.
     *
     * @param uidValidity the mailbox's
     * @param uidNext the mailbox's
     * @param highestModSeq up to which the answer is complete, once {@code more} is false
     * @param changed new messages, and those with changed flags
     * @param vanished expunged since
     * @param resync {@code changed} is everything there is
     * @param more ask again with the last UID of {@code changed}
     */
    record Changes(
            long uidValidity,
            long uidNext,
            long highestModSeq,
            Rows changed,
            UidSet vanished,
            boolean resync,
            boolean more) {}

    Flagged storeFlags(
            String account,
            String mailbox,
            UidSet uids,
            StoreCommand.Mode mode,
            List<String> flags,
            @Nullable Long unchangedSince);

    /**
     * The outcome of a change of flags.
     *
     * @param highestModSeq the mailbox's, after this change
     * @param modSeq of this very change; 0: nothing was changed
     * @param changed the messages named that exist and were not refused, as they are now
     * @param modified refused because of {@code unchangedSince}
     */
    record Flagged(long highestModSeq, long modSeq, Rows changed, UidSet modified) {}

    Copied copy(String account, String mailbox, UidSet uids, String target);

    Copied move(String account, String mailbox, UidSet uids, String target);

    /**
     * The outcome of COPY or MOVE, source and target UIDs in the same order.
     *
     * @param uidValidity the target's
     * @param source UIDs in the source, ascending
     * @param target UIDs in the target
     * @param sourceModSeq the source's highest mod-sequence, after this change
     */
    record Copied(long uidValidity, long[] source, long[] target, long sourceModSeq) {}

    /** Removes what is flagged {@code \Deleted}, of these UIDs alone where they are given. */
    Expunged expunge(String account, String mailbox, @Nullable UidSet uids);

    /**
     * The outcome of an expunge.
     *
     * @param uids the UIDs that are gone
     * @param highestModSeq the mailbox's, after this change
     */
    record Expunged(UidSet uids, long highestModSeq) {}

    /** The UIDs that match; message numbers in the key are UIDs. */
    UidSet search(String account, String mailbox, SearchKey key);

    /**
     * Stores a message.
     *
     * @param internalDate milliseconds since 1970
     * @param octets where its octets come from; may be asked for once only
     */
    Appended append(String account, String mailbox, List<String> flags, long internalDate, long size, Octets octets)
            throws IOException;

    /** Gives a message's octets. */
    @FunctionalInterface
    interface Octets {
        InputStream open() throws IOException;
    }

    /** Where a message was put. */
    record Appended(long uidValidity, long uid, long modSeq, String id) {}

    /** By message id; unknown ones are left out. */
    Map<String, Rendered> rendered(List<String> ids);

    /**
     * Messages' octets by id; unknown ones are left out. For small ones, and few at once.
     *
     * @param most only the first so many octets of each
     */
    Map<String, byte[]> raw(List<String> ids, long most);

    /**
     * Copies some of a message's octets; how many there are is known from its size.
     *
     * @throws IOException the sink's, or storage's answer broke off
     */
    void raw(String id, long from, long length, OutputStream sink) throws IOException;

    /** A mailbox that sessions had is gone. */
    final class MailboxGone extends RuntimeException {
        public MailboxGone() {
            super("the mailbox is gone", null, false, false);
        }
    }
}
