package cz.digidig.storage.journal;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import cz.digidig.storage.database.Database;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bson.Document;

/** Mailboxes as the database has them, past all caches. */
public final class MailboxContents {
    private static final int PAGES_AT_ONCE = 50;

    private final Database database;

    public MailboxContents(Database database) {
        this.database = database;
    }

    /** The mod-sequence of each mailbox that exists. */
    public Map<String, Long> versions(Collection<String> mailboxes) {
        Map<String, Long> versions = new HashMap<>();
        database.mailboxes()
                .find(Filters.in("_id", mailboxes))
                .projection(Projections.include("highestModSeq"))
                .forEach(document -> versions.put(document.getString("_id"), document.getLong("highestModSeq")));
        return versions;
    }

    /** Names every message of a mailbox. Whether it changed while it was read, its version tells. */
    public void visit(String mailbox, Consumer<MessageId> visitor) {
        Document document =
                database.mailboxes().find(Filters.eq("_id", mailbox)).first();
        if (document == null) {
            return;
        }
        MailboxState state = MailboxState.read(document);
        int[] numbers = state.pages().numbers();
        for (int start = 0; start < numbers.length; start += PAGES_AT_ONCE) {
            int[] some = Arrays.copyOfRange(numbers, start, Math.min(numbers.length, start + PAGES_AT_ONCE));
            Map<String, Document> pages = new HashMap<>();
            List<String> ids = Arrays.stream(some)
                    .mapToObj(number -> Page.documentId(mailbox, number))
                    .toList();
            database.pages().find(Filters.in("_id", ids)).forEach(page -> pages.put(page.getString("_id"), page));
            for (int number : some) {
                Page page = PageLoader.page(state, number, pages.get(Page.documentId(mailbox, number)));
                for (MessageRow row : page.rows()) {
                    visitor.accept(row.id());
                }
            }
        }
    }

    void delete(String mailbox) {
        Document document =
                database.mailboxes().find(Filters.eq("_id", mailbox)).first();
        if (document != null) {
            database.pages()
                    .deleteMany(Filters.in("_id", MailboxState.read(document).pageIds()));
            database.mailboxes().deleteOne(Filters.eq("_id", mailbox));
        }
    }
}
