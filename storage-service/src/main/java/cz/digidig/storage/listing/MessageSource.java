package cz.digidig.storage.listing;

import cz.digidig.common.api.storage.ExpungeResult;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.storage.mime.MessageFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** What listing asks of the message store beside what searching does. Accounts are ids, not {@code me}. */
public interface MessageSource {
    /** What lists show, by id, in any order; unknown ids are left out. At most 1,000 in a call. */
    List<StoredMessage> messages(List<String> ids);

    /** The conversations that messages belong to, by their id; unknown ids are left out. At most 1,000 in a call. */
    Map<String, String> threads(List<String> ids);

    /**
     * Writes octets of a message.
     *
     * @param offset the first
     * @param length how many; what lies behind the end is left out
     * @throws cz.digidig.common.api.problem.ProblemException {@code not-found}
     */
    void writeOctets(String id, long offset, long length, OutputStream sink) throws IOException;

    /** As {@link cz.digidig.common.api.storage.MailboxApi#flags}. */
    FlagResult flags(String account, String mailbox, FlagChange change);

    /** Expunges these UIDs of a mailbox, those flagged {@code \Deleted}. */
    ExpungeResult expunge(String account, String mailbox, String uids);

    /**
     * What is kept of a message.
     *
     * @param id whose
     * @param threadId its conversation
     * @param facts what lists show
     */
    record StoredMessage(String id, String threadId, MessageFacts facts) {}
}
