package cz.digidig.storage.index;

import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxSummary;
import java.util.List;
import java.util.function.Consumer;

/** What the index asks of the mailbox store. Accounts are ids. */
public interface IndexSource {
    /**
     * An account's mailboxes as they are now.
     *
     * @throws cz.digidig.common.api.problem.ProblemException {@code not-found}
     */
    List<MailboxSummary> mailboxes(String account);

    /** As {@link cz.digidig.common.api.storage.MailboxApi#changes}. */
    MailboxChanges changes(String account, String mailbox, long since, long afterUid, int limit);

    /** Messages by id, in any order; unknown ids are left out. At most 1,000 in a call. */
    List<IndexedMessage> indexed(List<String> ids);

    /** Names all mailboxes that there are, some at a time. */
    void walk(Consumer<List<Known>> step);

    /**
     * A mailbox as its document has it.
     *
     * @param account its owner
     * @param mailbox its id
     * @param uidNext the UID that its next message gets
     * @param modSeq its highest mod-sequence
     */
    record Known(String account, String mailbox, long uidNext, long modSeq) {}
}
