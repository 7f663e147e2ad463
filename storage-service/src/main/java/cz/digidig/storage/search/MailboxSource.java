package cz.digidig.storage.search;

import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.storage.mime.SearchText;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What searching asks of the mailbox store. */
public interface MailboxSource {
    /**
     * A mailbox as it is now: one read by id.
     *
     * @param account its owner's id, not {@code me}
     * @param mailbox an id, or {@code INBOX}
     * @throws cz.digidig.common.api.problem.ProblemException {@code not-found}
     */
    MailboxSummary mailbox(String account, String mailbox);

    /** All mailboxes of an account as they are now. */
    List<MailboxSummary> mailboxes(String account);

    /** As {@link cz.digidig.common.api.storage.MailboxApi#changes}. */
    MailboxChanges changes(String account, String mailbox, long since, long afterUid, int limit);

    /** The texts of messages, by id, in any order; unknown ids are left out. At most 1,000 in a call. */
    List<MessageText> texts(List<String> ids);

    /**
     * What a search looks at of a message.
     *
     * @param id whose
     * @param sentOn the day of its Date field; null: none
     * @param text its text
     * @param attachments the file names of its attachments
     */
    record MessageText(String id, @Nullable LocalDate sentOn, SearchText text, List<String> attachments) {}
}
