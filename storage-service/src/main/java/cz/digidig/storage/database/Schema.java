package cz.digidig.storage.database;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import cz.digidig.common.folder.NewerData;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * The form of the documents, as a number in the document {@code schema} of the collection {@code meta}. A database without
 * it has format 1.
 */
final class Schema {
    private static final int FIRST = 1;
    private static final String ID = "schema";
    private static final String FORMAT = "format";
    private static final int DUPLICATE_KEY = 11000;

    private final MongoDatabase database;
    private final MongoCollection<Document> meta;
    private final List<Consumer<MongoDatabase>> upgrades;

    /**
     * Nothing is read yet.
     *
     * @param upgrades the first brings format 1 to 2, and so on. Each may be repeated, and run by two processes at once,
     *     while processes of the release before still read and write: so it adds, and takes nothing away
     */
    Schema(MongoDatabase database, List<Consumer<MongoDatabase>> upgrades) {
        this.database = database;
        this.meta = database.getCollection("meta");
        this.upgrades = upgrades;
    }

    /**
     * Brings the documents to the newest format that this program knows, a step at a time.
     *
     * @throws NewerData they have a newer one; nothing was changed
     */
    void bringUp() {
        int known = FIRST + upgrades.size();
        int found = format();
        if (found > known) {
            throw new NewerData(
                    "the mailboxes' database in MongoDB", Integer.toString(found), "", Integer.toString(known));
        }
        for (int format = found; format < known; format++) {
            upgrades.get(format - FIRST).accept(database);
            meta.updateOne(
                    Database.ifStill(ID, FORMAT, format), new Document("$set", new Document(FORMAT, format + 1)));
        }
    }

    private int format() {
        Document schema = meta.find(Filters.eq("_id", ID)).first();
        if (schema == null) {
            try {
                meta.insertOne(new Document("_id", ID).append(FORMAT, FIRST));
            } catch (MongoWriteException failed) {
                if (failed.getError().getCode() != DUPLICATE_KEY) {
                    throw failed;
                }
                // Another process was faster.
                return format();
            }
            return FIRST;
        }
        return schema.getInteger(FORMAT);
    }
}
