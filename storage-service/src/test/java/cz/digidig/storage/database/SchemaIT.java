package cz.digidig.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import cz.digidig.common.folder.NewerData;
import cz.digidig.storage.embedded.EmbeddedMongo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaIT {
    private final EmbeddedMongo mongo;
    private final MongoClient client;
    private final MongoDatabase database;
    private final List<String> done = new ArrayList<>();

    SchemaIT(@TempDir Path folder) {
        mongo = EmbeddedMongo.start(folder, 0);
        client = MongoClients.create(mongo.connectionString());
        database = client.getDatabase("digidig");
    }

    @AfterEach
    void close() {
        client.close();
        mongo.close();
    }

    private Consumer<MongoDatabase> step(String name) {
        return _ -> done.add(name);
    }

    private int format() {
        Document schema = database.getCollection("meta").find().first();
        return schema == null ? 0 : schema.getInteger("format");
    }

    @Test
    void upgradesRunOnceInTheirOrder() {
        new Schema(database, List.of()).bringUp();
        assertThat(format()).isEqualTo(1);
        new Schema(database, List.of(step("to 2"), step("to 3"))).bringUp();
        new Schema(database, List.of(step("to 2"), step("to 3"), step("to 4"))).bringUp();
        assertThat(done).containsExactly("to 2", "to 3", "to 4");
        assertThat(format()).isEqualTo(4);
    }

    @Test
    void anUpgradeThatFailsIsRepeated() {
        Consumer<MongoDatabase> failing = _ -> {
            throw new IllegalStateException("interrupted");
        };
        assertThatThrownBy(() -> new Schema(database, List.of(step("to 2"), failing)).bringUp())
                .hasMessage("interrupted");
        assertThat(format()).isEqualTo(2);
        new Schema(database, List.of(step("to 2"), step("to 3"))).bringUp();
        assertThat(done).containsExactly("to 2", "to 3");
    }

    @Test
    void aNewerDatabaseIsRefusedAndNothingTouched() {
        database.getCollection("meta").insertOne(new Document("_id", "schema").append("format", 7));
        assertThatThrownBy(() -> Database.open(client, "digidig", true))
                .isInstanceOf(NewerData.class)
                .hasMessageContainingAll("MongoDB is of format 7", "newer than this program");
        assertThat(database.listCollectionNames().into(new ArrayList<>())).containsExactly("meta");
        assertThat(database.getCollection("meta").countDocuments(Filters.eq("format", 7)))
                .isOne();
    }
}
