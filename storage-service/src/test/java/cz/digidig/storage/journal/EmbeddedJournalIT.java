package cz.digidig.storage.journal;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import cz.digidig.storage.database.Database;
import cz.digidig.storage.embedded.EmbeddedMongo;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** On the server inside this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedJournalIT implements JournalContract {
    private final EmbeddedMongo mongo;
    private final MongoClient client;
    private final Database database;

    EmbeddedJournalIT(@TempDir Path folder) {
        mongo = EmbeddedMongo.start(folder, 0);
        client = MongoClients.create(mongo.connectionString());
        database = Database.open(client, "digidig", false);
    }

    @AfterAll
    void close() {
        client.close();
        mongo.close();
    }

    @Override
    public Database database() {
        return database;
    }
}
