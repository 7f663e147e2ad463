package cz.digidig.storage.index;

import cz.digidig.storage.journal.MessageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** One open index. One thread writes; any thread may look. */
final class SearchIndex implements AutoCloseable {
    /** Goes up with every change of what is written, so that an older index is made anew. */
    static final String FORMAT = "1";

    private static final String FORMAT_KEY = "format";
    private static final double MOST_SEGMENT_MB = 1024;

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    private SearchIndex(Path folder, Directory directory, IndexWriter writer) throws IOException {
        this.folder = folder;
        this.directory = directory;
        this.writer = writer;
        this.searchers = new SearcherManager(writer, new SearcherFactory());
    }

    /**
     * Opens an index, or makes an empty one.
     *
     * @param bufferMegabytes memory for what is not written yet
     * @throws org.apache.lucene.store.LockObtainFailedException where another process has it open
     * @throws IOException where it is damaged, or of another format
     */
    static SearchIndex open(Path folder, double bufferMegabytes) throws IOException {
        Files.createDirectories(folder);
        Directory directory = FSDirectory.open(folder);
        try {
            if (DirectoryReader.indexExists(directory)) {
                String format =
                        SegmentInfos.readLatestCommit(directory).getUserData().get(FORMAT_KEY);
                if (!FORMAT.equals(format)) {
                    throw new CorruptIndexException("format " + format + " instead of " + FORMAT, folder.toString());
                }
            }
            IndexWriter writer = new IndexWriter(directory, configuration(bufferMegabytes));
            try {
                writer.setLiveCommitData(Map.of(FORMAT_KEY, FORMAT).entrySet());
                writer.commit();
                return new SearchIndex(folder, directory, writer);
            } catch (IOException | RuntimeException failed) {
                writer.rollback();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }

    private static IndexWriterConfig configuration(double bufferMegabytes) {
        TieredMergePolicy merges = new TieredMergePolicy();
        merges.setMaxMergedSegmentMB(MOST_SEGMENT_MB);
        ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
        // One merge at a time; whoever writes waits when three more are due.
        scheduler.setMaxMergesAndThreads(4, 1);
        return new IndexWriterConfig()
                .setRAMBufferSizeMB(bufferMegabytes)
                .setMergePolicy(merges)
                .setMergeScheduler(scheduler)
                .setCommitOnClose(true);
    }

    void put(String account, IndexedMessage message) throws IOException {
        writer.updateDocument(MessageDocument.id(message.id()), MessageDocument.of(account, message));
    }

    void delete(MessageId id) throws IOException {
        writer.deleteDocuments(MessageDocument.id(id));
    }

    void put(Position position) throws IOException {
        writer.updateDocument(new Term(MessageDocument.MAILBOX, position.mailbox()), MessageDocument.of(position));
    }

    void forget(String mailbox) throws IOException {
        writer.deleteDocuments(new Term(MessageDocument.MAILBOX, mailbox));
    }

    /** Shows what was written to those who look from here on. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /** Puts what was written on disk. */
    void commit() throws IOException {
        writer.commit();
    }

    boolean uncommitted() {
        return writer.hasUncommittedChanges();
    }

    /** False: a failure has closed it. */
    boolean isOpen() {
        return writer.isOpen();
    }

    IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    void release(IndexSearcher searcher) throws IOException {
        searchers.release(searcher);
    }

    /** Something done with what can be seen now. */
    @FunctionalInterface
    interface Look<T> {
        T at(IndexSearcher searcher) throws IOException;
    }

    <T> T look(Look<T> look) throws IOException {
        IndexSearcher searcher = acquire();
        try {
            return look.at(searcher);
        } finally {
            release(searcher);
        }
    }

    /** As {@link #position(IndexSearcher, String, String)}, as it is now. */
    @Nullable
    Position position(String account, String mailbox) throws IOException {
        IndexSearcher searcher = acquire();
        try {
            return position(searcher, account, mailbox);
        } finally {
            release(searcher);
        }
    }

    /** Where a mailbox is; null: nothing of it is there. */
    static @Nullable Position position(IndexSearcher searcher, String account, String mailbox) throws IOException {
        Term term = new Term(MessageDocument.MAILBOX, mailbox);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            int document = document(leaf, term);
            if (document >= 0) {
                return new Position(
                        account,
                        mailbox,
                        number(leaf, MessageDocument.MOD_SEQ, document),
                        number(leaf, MessageDocument.UID_NEXT, document));
            }
        }
        return null;
    }

    /** Tells which messages are there. */
    static Predicate<MessageId> known(IndexSearcher searcher) {
        return id -> {
            try {
                for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                    if (document(leaf, MessageDocument.id(id)) >= 0) {
                        return true;
                    }
                }
                return false;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
    }

    private static int document(LeafReaderContext leaf, Term term) throws IOException {
        PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
        if (postings == null) {
            return -1;
        }
        Bits live = leaf.reader().getLiveDocs();
        for (int document = postings.nextDoc(); document != PostingsEnum.NO_MORE_DOCS; document = postings.nextDoc()) {
            if (live == null || live.get(document)) {
                return document;
            }
        }
        return -1;
    }

    private static long number(LeafReaderContext leaf, String field, int document) throws IOException {
        var values = Objects.requireNonNull(leaf.reader().getNumericDocValues(field));
        return values.advanceExact(document) ? values.longValue() : 0;
    }

    /** Octets on disk. */
    long size() throws IOException {
        long size = 0;
        for (String file : directory.listAll()) {
            Path path = folder.resolve(file);
            size += Files.exists(path) ? Files.size(path) : 0;
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        if (writer.isOpen()) {
            writer.close();
        }
        directory.close();
    }
}
