package cz.digidig.storage.journal;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoCollection;
import cz.digidig.storage.database.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;

/** A database that can fail: it still does the next write of mailboxes, and from then on answers nothing. */
final class Outage {
    private static final Set<String> QUESTIONS = Set.of("find", "bulkWrite", "updateOne");

    private enum Stage {
        UP,
        LAST_WRITE,
        DOWN
    }

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.UP);

    Database on(Database real) {
        return new Database(
                real.accounts(),
                failing(real.mailboxes()),
                real.pages(),
                real.messages(),
                real.blobs(),
                real.deliveries(),
                real.exclusive());
    }

    void beginAfterNextWrite() {
        stage.set(Stage.LAST_WRITE);
    }

    void end() {
        stage.set(Stage.UP);
    }

    @SuppressWarnings("unchecked")
    private MongoCollection<Document> failing(MongoCollection<Document> collection) {
        return (MongoCollection<Document>) Proxy.newProxyInstance(
                Outage.class.getClassLoader(), new Class<?>[] {MongoCollection.class}, (_, method, arguments) -> {
                    if (QUESTIONS.contains(method.getName()) && stage.get() == Stage.DOWN) {
                        throw new MongoTimeoutException("no answer");
                    }
                    Object result;
                    try {
                        result = method.invoke(collection, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                    if (method.getName().equals("bulkWrite") && stage.compareAndSet(Stage.LAST_WRITE, Stage.DOWN)) {
                        throw new MongoTimeoutException("no answer");
                    }
                    return result;
                });
    }
}
