package cz.digidig.storage.database;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * The collections. Writes are acknowledged by a majority that has them on disk; reads see only such writes.
 *
 * @param exclusive no other process writes here, so what this one committed last is the truth
 */
public record Database(
        MongoCollection<Document> accounts,
        MongoCollection<Document> mailboxes,
        MongoCollection<Document> pages,
        MongoCollection<Document> messages,
        MongoCollection<Document> blobs,
        MongoCollection<Document> deliveries,
        boolean exclusive) {
    /** From each format to the next; none was needed yet. */
    private static final List<Consumer<MongoDatabase>> UPGRADES = List.of();

    /**
     * Opens the collections and declares what indexes they have beside that of {@code _id}.
     *
     * @throws cz.digidig.common.folder.NewerData a newer release has written there; nothing was changed
     */
    public static Database open(MongoClient client, String name, boolean exclusive) {
        return open(client, name, exclusive, new WriteGate());
    }

    static Database open(MongoClient client, String name, boolean exclusive, WriteGate gate) {
        MongoDatabase database = client.getDatabase(name)
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                .withReadConcern(ReadConcern.MAJORITY);
        new Schema(database, UPGRADES).bringUp();
        Database opened = new Database(
                gate.guard(database.getCollection("accounts")),
                gate.guard(database.getCollection("mailboxes")),
                gate.guard(database.getCollection("pages")),
                gate.guard(database.getCollection("messages")),
                gate.guard(database.getCollection("blobs")),
                gate.guard(database.getCollection("deliveries")),
                exclusive);
        opened.declareIndexes();
        return opened;
    }

    /**
     * The filter of a compare and set: a document, while a field has a value. Flat, so that the id is seen at once.
     *
     * @param value or a condition on it
     */
    public static Document ifStill(String id, String field, Object value) {
        return new Document("_id", id).append(field, value);
    }

    /** Nothing that people wait for needs one of these. */
    private void declareIndexes() {
        // Recovery: mailboxes whose journal was left by a process, {dirty: {$lt: ...}}; few have the field.
        mailboxes.createIndex(Indexes.ascending("dirty"), new IndexOptions().sparse(true));
        // Sweep: records past their time, {expires: {$lt: ...}}.
        deliveries.createIndex(Indexes.ascending("expires"));
    }
}
