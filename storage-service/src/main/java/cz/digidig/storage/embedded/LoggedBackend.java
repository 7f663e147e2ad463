package cz.digidig.storage.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import java.util.List;

/** mongo-java-server's command processing with its documents in a {@link DocumentFile}. */
final class LoggedBackend extends AbstractMongoBackend {
    private final DocumentFile file;

    LoggedBackend(DocumentFile file) {
        this.file = file;
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String databaseName) {
        LoggedDatabase database = new LoggedDatabase(databaseName, file, getCursorRegistry());
        database.open();
        return database;
    }

    private static final class LoggedDatabase extends AbstractSynchronizedMongoDatabase<String> {
        private final DocumentFile file;

        LoggedDatabase(String name, DocumentFile file, CursorRegistry cursors) {
            super(name, cursors);
            this.file = file;
        }

        void open() {
            initializeNamespacesAndIndexes();
        }

        private String mapName(String collection) {
            return getDatabaseName() + "/" + collection;
        }

        @Override
        protected MongoCollection<String> openOrCreateCollection(String collectionName, CollectionOptions options) {
            return new LoggedCollection(this, collectionName, options, file, mapName(collectionName), cursorRegistry);
        }

        @Override
        protected Index<String> openOrCreateUniqueIndex(
                String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
            if (keys.size() != 1 || !keys.getFirst().getKey().equals("_id")) {
                throw new IllegalArgumentException("no unique index beside _id: " + keys);
            }
            return new IdIndex(indexName, keys, file.read(mapName(collectionName)));
        }

        @Override
        protected Index<String> openOrCreateSecondaryIndex(
                String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
            return new EmptyIndex<>(indexName, keys);
        }

        @Override
        protected long getFileSize() {
            return file.size();
        }

        @Override
        protected long getStorageSize() {
            return file.size();
        }
    }
}
