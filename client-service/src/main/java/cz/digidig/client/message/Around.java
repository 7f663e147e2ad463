package cz.digidig.client.message;

import cz.digidig.client.backend.Conversation.Placed;
import cz.digidig.client.backend.MessageSummary;
import cz.digidig.client.mailbox.Folder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The conversation around a message that is open.
 *
 * @param before what was written before it, the oldest first
 * @param after what was written since
 * @param here UIDs of those of them, itself among them, that are in the same mailbox, as a set
 * @param unread UIDs of those of them that nobody read yet
 */
record Around(List<Folded> before, List<Folded> after, String here, String unread) {
    /** What was thrown away, or is not written yet, is no part of what was said. */
    private static final Set<String> APART = Set.of("trash", "junk", "drafts");

    /**
     * A message that is folded.
     *
     * @param mailbox where it is
     */
    record Folded(String mailbox, MessageSummary message) {}

    /** A message alone. */
    static Around nothing(MessageSummary message) {
        String uid = Long.toString(message.uid());
        return new Around(List.of(), List.of(), uid, message.seen() ? "" : uid);
    }

    /**
     * Puts the others around one.
     *
     * @param folder the mailbox that the message is read in
     * @param folders all of the person
     */
    static Around of(List<Placed> conversation, MessageSummary open, Folder folder, List<Folder> folders) {
        List<Folded> all = conversation.stream()
                .flatMap(one -> folders.stream()
                        .filter(box -> box.path().equals(one.mailbox().path()))
                        .filter(box -> box.id().equals(folder.id()) || !APART.contains(box.kind()))
                        .map(box -> new Folded(box.id(), one.message())))
                .toList();
        int at = 0;
        while (at < all.size() && !all.get(at).message().id().equals(open.id())) {
            at++;
        }
        if (at == all.size()) {
            return nothing(open);
        }
        return new Around(
                all.subList(0, at), all.subList(at + 1, all.size()), uids(all, folder, true), uids(all, folder, false));
    }

    private static String uids(List<Folded> all, Folder folder, boolean seen) {
        return all.stream()
                .filter(one -> one.mailbox().equals(folder.id())
                        && (seen || !one.message().seen()))
                .map(one -> Long.toString(one.message().uid()))
                .collect(Collectors.joining(","));
    }
}
