package cz.digidig.client.backend;

import java.util.List;

/**
 * A conversation as the list of a mailbox shows it.
 *
 * @param messages how many of its messages are in the mailbox
 * @param unread how many of these are unread
 * @param uids of these, as a set
 * @param people who wrote the last ones
 * @param newest the newest of these
 */
public record Conversation(
        String threadId, int messages, int unread, String uids, List<Correspondent> people, MessageSummary newest) {
    /** Its messages of all mailboxes, the oldest first. */
    public record Messages(List<Placed> items) {}

    /** One of them. */
    public record Placed(FoundMessage.Place mailbox, MessageSummary message) {}
}
