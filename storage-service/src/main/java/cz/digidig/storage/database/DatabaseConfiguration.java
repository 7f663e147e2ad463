package cz.digidig.storage.database;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import cz.digidig.common.config.DevelopmentDefaults;
import cz.digidig.common.config.ServiceProperties;
import cz.digidig.common.health.DatabaseSize;
import cz.digidig.storage.embedded.EmbeddedMongo;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Connects to MongoDB, or starts the one inside this process. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    private static final int CONNECTIONS = 64;

    @Bean
    WriteGate writeGate() {
        return new WriteGate();
    }

    @Configuration(proxyBeanMethods = false)
    @Profile("embedded")
    static class Embedded {
        @Bean(destroyMethod = "close")
        EmbeddedMongo embeddedMongo(ServiceProperties service, DatabaseProperties properties) {
            return EmbeddedMongo.start(service.dataDir().resolve("mongo"), properties.embeddedPort());
        }

        @Bean(destroyMethod = "close")
        MongoClient mongoClient(EmbeddedMongo mongo) {
            return MongoClients.create(settings(mongo.connectionString()).build());
        }

        @Bean
        Database database(MongoClient client, DatabaseProperties properties, WriteGate gate) {
            return Database.open(client, properties.name(), true, gate);
        }

        @Bean
        DatabaseCheck databaseCheck(Database database, EmbeddedMongo mongo) {
            return new DatabaseCheck(database, mongo::failed);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Profile("!embedded")
    static class Server {
        @Bean(destroyMethod = "close")
        MongoClient mongoClient(DatabaseProperties properties, DevelopmentDefaults defaults) {
            MongoClientSettings.Builder settings = settings(properties.uri());
            if (!properties.user().isEmpty()) {
                defaults.refuse("DIGIDIG_MONGO_PASSWORD", properties.password(), DatabaseProperties.DEVELOPMENT);
                settings.credential(MongoCredential.createCredential(
                        properties.user(), "admin", properties.password().toCharArray()));
            }
            return MongoClients.create(settings.build());
        }

        @Bean
        Database database(MongoClient client, DatabaseProperties properties, WriteGate gate) {
            return Database.open(client, properties.name(), false, gate);
        }

        @Bean
        DatabaseCheck databaseCheck(Database database) {
            return new DatabaseCheck(database, () -> false);
        }

        @Bean
        DatabaseSize databaseSize(MongoClient client, DatabaseProperties properties) {
            return new DatabaseSize(() -> {
                Document stats = client.getDatabase(properties.name()).runCommand(new Document("dbStats", 1));
                return Stream.of("storageSize", "indexSize")
                        .mapToLong(part -> stats.get(part) instanceof Number octets ? octets.longValue() : 0)
                        .sum();
            });
        }
    }

    private static MongoClientSettings.Builder settings(String uri) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applicationName("storage-service")
                .applyToConnectionPoolSettings(pool -> pool.maxSize(CONNECTIONS).maxWaitTime(10, TimeUnit.SECONDS))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(10, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(5, TimeUnit.SECONDS).readTimeout(60, TimeUnit.SECONDS));
    }
}
