package cz.digidig.storage.database;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * Goes through a whole collection by its ids, some documents at a time, without a cursor that could expire.
 *
 * @param batch documents that are held at once
 * @param fields what is read of each, beside the id
 */
public record CollectionWalk(MongoCollection<Document> collection, int batch, String... fields) {
    /** Each step gets the next documents, at least one. What it deletes or changes does not disturb the walk. */
    public void forEach(Consumer<List<Document>> step) {
        String last = "";
        while (true) {
            List<Document> documents = collection
                    .find(Filters.gt("_id", last))
                    .sort(Sorts.ascending("_id"))
                    .limit(batch)
                    .projection(Projections.include(fields))
                    .into(new ArrayList<>());
            if (documents.isEmpty()) {
                return;
            }
            step.accept(documents);
            last = documents.getLast().getString("_id");
        }
    }
}
