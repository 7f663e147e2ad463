package cz.digidig.storage.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose documents are kept as BSON octets under their {@code _id}, a string. Every reader decodes its own
 * copy, so that an answer which is being sent can't change under its encoder.
 */
final class LoggedCollection extends AbstractSynchronizedMongoCollection<String> {
    private final DocumentFile file;
    private final String map;
    private final MVMap<String, byte[]> documents;

    LoggedCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            DocumentFile file,
            String map,
            CursorRegistry cursors) {
        super(database, name, options, cursors);
        this.file = file;
        this.map = map;
        this.documents = file.read(map);
    }

    /**
     * Goes straight to the document wherever a query names ids, also beside other conditions, and walks in the order of
     * ids where it asks for a range of them.
     */
    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fieldSelector) {
        if ("_id".equals(getIdField()) && query.containsKey("_id")) {
            Object id = query.get("_id");
            Iterable<String> positions = positions(id);
            if (positions != null) {
                Document rest = new Document();
                query.forEach((key, value) -> {
                    if (!key.equals("_id")) {
                        rest.put(key, value);
                    }
                });
                boolean byId = orderBy != null && orderBy.keySet().equals(Set.of("_id"));
                return matchDocuments(
                        rest, positions, byId ? null : orderBy, numberToSkip, limit, batchSize, fieldSelector);
            }
        }
        return super.queryDocuments(query, orderBy, numberToSkip, limit, batchSize, fieldSelector);
    }

    private @Nullable Iterable<String> positions(@Nullable Object id) {
        if (id instanceof String one) {
            return documents.containsKey(one) ? Set.of(one) : Set.of();
        }
        if (id instanceof Document test && test.size() == 1 && test.get("$in") instanceof Collection<?> ids) {
            return () -> ids.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .sorted()
                    .distinct()
                    .filter(documents::containsKey)
                    .iterator();
        }
        if (id instanceof Document test && Set.of("$gt", "$lt").containsAll(test.keySet())) {
            String after = test.get("$gt") instanceof String s ? s : null;
            String before = test.get("$lt") instanceof String s ? s : null;
            return () -> keys(after, before);
        }
        return null;
    }

    private Iterator<String> keys(@Nullable String after, @Nullable String before) {
        String from = after == null ? documents.firstKey() : documents.higherKey(after);
        if (from == null) {
            return Set.<String>of().iterator();
        }
        Iterator<String> all = documents.keyIterator(from);
        return Stream.generate(() -> all.hasNext() ? all.next() : "")
                .takeWhile(key -> !key.isEmpty() && (before == null || key.compareTo(before) < 0))
                .iterator();
    }

    @Override
    protected QueryResult matchDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fieldSelector) {
        return matchDocumentsFromStream(
                documents.values().stream().map(LoggedCollection::decode),
                query,
                orderBy,
                numberToSkip,
                limit,
                batchSize,
                fieldSelector);
    }

    @Override
    protected Document getDocument(String position) {
        return decode(Objects.requireNonNull(documents.get(position)));
    }

    private static Document decode(byte[] octets) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(octets));
    }

    private void put(String position, Document document) {
        ByteBuf buffer = Unpooled.buffer(512);
        BsonEncoder.encodeDocument(document, buffer);
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.readBytes(octets);
        file.put(map, position, octets);
    }

    @Override
    protected String addDocumentInternal(Document document) {
        String field = getIdField();
        Object id = field == null ? UUID.randomUUID().toString() : document.get(field);
        if (!(id instanceof String position) || position.isEmpty()) {
            throw new MongoServerException("an id is a string here");
        }
        put(position, document);
        return position;
    }

    @Override
    protected void handleUpdate(String position, Document oldDocument, Document newDocument) {
        put(position, newDocument);
    }

    @Override
    protected void removeDocument(String position) {
        file.remove(map, position);
    }

    @Override
    protected Stream<DocumentWithPosition<String>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream()
                .map(entry -> new DocumentWithPosition<>(decode(entry.getValue()), entry.getKey()));
    }

    @Override
    public int count() {
        return documents.size();
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int sizeDelta) {
        throw new UnsupportedOperationException("sizes are not tracked");
    }

    @Override
    protected int getDataSize() {
        return 0;
    }
}
