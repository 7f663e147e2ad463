package cz.digidig.storage.mailbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes of an account, by name. Immutable.
 *
 * @param account whose
 * @param version goes up with each change
 * @param lastUidValidity the highest UIDVALIDITY that was ever given to one of its mailboxes
 * @param boxes by path, INBOX first
 * @param blocked whose mail goes to the junk mailbox
 */
record MailboxTree(String account, long version, long lastUidValidity, List<Box> boxes, BlockedSenders blocked) {
    private static final String BLOCKED = "blockedSenders";
    private static final Comparator<Box> ORDER = Comparator.comparing(
                    (Box box) -> !box.path().equals(MailboxPath.INBOX))
            .thenComparing(Box::path);

    /**
     * A mailbox's place in the tree.
     *
     * @param id opaque, for ever
     * @param path its full name
     * @param specialUse an attribute without backslash (RFC 6154), or null
     * @param subscribed on the subscription list
     */
    record Box(String id, String path, @Nullable String specialUse, boolean subscribed) {
        Box at(String newPath) {
            return new Box(id, newPath, specialUse, subscribed);
        }
    }

    MailboxTree {
        boxes = boxes.stream().sorted(ORDER).toList();
    }

    MailboxTree with(List<Box> changed, long uidValidity) {
        return new MailboxTree(account, version + 1, Math.max(lastUidValidity, uidValidity), changed, blocked);
    }

    MailboxTree blocking(BlockedSenders senders) {
        return new MailboxTree(account, version + 1, lastUidValidity, boxes, senders);
    }

    static MailboxTree empty(String account) {
        return new MailboxTree(account, 0, 0, List.of(), BlockedSenders.NONE);
    }

    Optional<Box> byId(String id) {
        return boxes.stream().filter(box -> box.id().equals(id)).findFirst();
    }

    Optional<Box> byPath(String path) {
        return boxes.stream().filter(box -> box.path().equals(path)).findFirst();
    }

    static MailboxTree read(Document document) {
        List<Box> boxes = new ArrayList<>();
        for (Document box : document.getList("boxes", Document.class)) {
            boxes.add(new Box(
                    box.getString("id"),
                    box.getString("path"),
                    box.getString("specialUse"),
                    box.getBoolean("subscribed")));
        }
        return new MailboxTree(
                document.getString("_id"),
                document.getLong("version"),
                document.getLong("lastUidValidity"),
                boxes,
                new BlockedSenders(document.getList(BLOCKED, String.class, List.of())));
    }

    Document write() {
        List<Document> written = new ArrayList<>();
        for (Box box : boxes) {
            Document document = new Document("id", box.id()).append("path", box.path());
            if (box.specialUse() != null) {
                document.append("specialUse", box.specialUse());
            }
            written.add(document.append("subscribed", box.subscribed()));
        }
        Document document = new Document("_id", account)
                .append("version", version)
                .append("lastUidValidity", lastUidValidity)
                .append("boxes", written);
        return blocked.senders().isEmpty() ? document : document.append(BLOCKED, blocked.senders());
    }
}
