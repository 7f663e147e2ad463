package cz.digidig.client.mailbox;

import cz.digidig.common.api.storage.MailboxSummary;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox as the rail shows it.
 *
 * @param id INBOX, or opaque
 * @param path all levels
 * @param name the last level
 * @param depth 0 for the first level
 * @param kind {@code inbox}, {@code drafts}, {@code sent}, {@code archive}, {@code junk}, {@code trash}, {@code flagged},
 *     {@code all}, or {@code folder}
 * @param shownUnread how many to show: unread ones, in drafts all
 * @param subscribed whether mail programs that ask for subscribed folders show it
 */
public record Folder(
        String id,
        String path,
        String name,
        int depth,
        String kind,
        long messages,
        long unread,
        long shownUnread,
        boolean subscribed) {
    static final String INBOX = "INBOX";

    public static Folder of(MailboxSummary mailbox) {
        String path = mailbox.path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        int depth = (int) path.chars().filter(c -> c == '/').count();
        String kind = path.equals(INBOX) ? "inbox" : kind(mailbox.specialUse());
        long shown =
                switch (kind) {
                    case "drafts" -> mailbox.messages();
                    case "sent", "trash" -> 0;
                    default -> mailbox.unseen();
                };
        return new Folder(
                path.equals(INBOX) ? INBOX : mailbox.id(),
                path,
                name,
                depth,
                kind,
                mailbox.messages(),
                mailbox.unseen(),
                shown,
                mailbox.subscribed());
    }

    private static String kind(@Nullable String use) {
        String kind = use == null ? "" : use.toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "drafts", "sent", "archive", "junk", "trash", "flagged", "all" -> kind;
            default -> "folder";
        };
    }

    /** Whether its name is ours to translate. */
    public boolean special() {
        return !kind.equals("folder");
    }

    /** Whether messages here are shown by whom they went to. */
    public boolean outgoing() {
        return kind.equals("sent") || kind.equals("drafts");
    }

    public String icon() {
        return switch (kind) {
            case "inbox" -> "inbox";
            case "drafts" -> "pencil";
            case "sent" -> "send";
            case "archive" -> "archive";
            case "junk" -> "shield-exclamation";
            case "trash" -> "trash3";
            case "flagged" -> "star";
            case "all" -> "collection";
            default -> "folder";
        };
    }
}
