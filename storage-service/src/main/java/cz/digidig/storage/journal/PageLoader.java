package cz.digidig.storage.journal;

import com.mongodb.client.model.Filters;
import cz.digidig.storage.database.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reads pages as they were at a snapshot's mod-sequence: the page's document, and what the journal has beyond it. */
final class PageLoader {
    private static final int BATCH = 400;

    private final Database database;
    private final SnapshotCache cache;

    PageLoader(Database database, SnapshotCache cache) {
        this.database = database;
        this.cache = cache;
    }

    /**
     * Makes sure that these pages of a snapshot are loaded.
     *
     * @param indexes places in the snapshot's table of pages
     * @throws StaleSnapshot where the mailbox has changed so that its pages are newer by now
     */
    void load(Snapshot snapshot, List<Integer> indexes) {
        List<Integer> missing = new ArrayList<>();
        for (int index : indexes) {
            if (snapshot.loaded(index) == null) {
                missing.add(index);
            }
        }
        for (int start = 0; start < missing.size(); start += BATCH) {
            loadBatch(snapshot, missing.subList(start, Math.min(missing.size(), start + BATCH)));
        }
        if (!missing.isEmpty()) {
            cache.grew(snapshot);
        }
    }

    private void loadBatch(Snapshot snapshot, List<Integer> indexes) {
        MailboxState state = snapshot.state();
        int[] numbers = state.pages().numbers();
        List<String> ids = new ArrayList<>();
        for (int index : indexes) {
            ids.add(Page.documentId(state.id(), numbers[index]));
        }
        Map<String, Document> documents = new HashMap<>();
        for (Document document : database.pages().find(Filters.in("_id", ids)).batchSize(BATCH)) {
            documents.put(document.getString("_id"), document);
        }
        for (int index : indexes) {
            int number = numbers[index];
            Page page = page(state, number, documents.get(Page.documentId(state.id(), number)));
            if (page.modSeq() != state.pages().modSeqs()[index]) {
                throw new StaleSnapshot(state.id());
            }
            snapshot.load(index, page);
        }
    }

    /** A page as its document and the mailbox's journal together say. */
    static Page page(MailboxState state, int number, @Nullable Document document) {
        Page page = Page.read(number, document);
        for (Intent intent : state.journal()) {
            if (intent.modSeq() > page.modSeq() && intent.pages().contains(number)) {
                page = intent.applyTo(page);
            }
        }
        return page;
    }
}
