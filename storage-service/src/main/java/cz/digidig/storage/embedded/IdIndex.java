package cz.digidig.storage.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The index on {@code _id}: the collection's map itself, whose keys are the ids. */
final class IdIndex extends AbstractUniqueIndex<String> {
    private final MVMap<String, byte[]> documents;

    IdIndex(String name, List<IndexKey> keys, MVMap<String, byte[]> documents) {
        super(name, keys, false);
        this.documents = documents;
    }

    @Override
    protected @Nullable String getPosition(KeyValue value) {
        return value.get(0) instanceof String id && documents.containsKey(id) ? id : null;
    }

    @Override
    protected @Nullable String removeDocument(KeyValue value) {
        return getPosition(value);
    }

    @Override
    protected boolean putKeyPosition(KeyValue value, String position) {
        return true;
    }

    @Override
    public void add(Document document, String position, MongoCollection<String> collection) {
        // The collection has put it into the map already.
    }

    @Override
    protected Iterable<Map.Entry<KeyValue, String>> getIterable() {
        List<Map.Entry<KeyValue, String>> entries = new ArrayList<>();
        documents.keySet().forEach(id -> entries.add(Map.entry(new KeyValue(id), id)));
        return entries;
    }

    @Override
    public long getCount() {
        return documents.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }
}
