package cz.digidig.storage.journal;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import cz.digidig.storage.database.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;

/** On a server of its own, where a Docker engine answers. */
@Testcontainers(disabledWithoutDocker = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MongoJournalIT implements JournalContract {
    @Container
    private static final MongoDBContainer MONGO = new MongoDBContainer("mongo:8.0");

    private MongoClient client = MongoClients.create();

    @BeforeAll
    void connect() {
        client.close();
        client = MongoClients.create(MONGO.getConnectionString());
    }

    @AfterAll
    void close() {
        client.close();
    }

    @Override
    public Database database() {
        return Database.open(client, "digidig", false);
    }
}
