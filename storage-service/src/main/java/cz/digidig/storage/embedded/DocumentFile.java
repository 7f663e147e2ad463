package cz.digidig.storage.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ordered maps of documents in one MVStore file, made durable by a {@link RedoLog}: a change goes to the map in memory
 * and to the log; the file follows in the background. A checkpoint, every few seconds or megabytes, syncs the file and
 * lets go of the log up to there.
 */
final class DocumentFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DocumentFile.class);
    private static final long CHECKPOINT_OCTETS = 48L << 20;
    private static final Duration CHECKPOINT_AGE = Duration.ofSeconds(60);
    private static final int COMPACT_MILLIS = 200;

    private final MVStore store;
    private final RedoLog redo;
    private final Map<String, MVMap<String, byte[]>> maps = new ConcurrentHashMap<>();
    private final Thread checkpointer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;
    private volatile @Nullable Throwable failure;

    private DocumentFile(Path folder) throws IOException {
        Files.createDirectories(folder);
        this.store = new MVStore.Builder()
                .fileName(folder.resolve("documents.mv.db").toString())
                .cacheSize(32)
                .autoCommitBufferSize(8192)
                .backgroundExceptionHandler((thread, e) -> {
                    log.error("The document file can't be written; no further change is accepted", e);
                    failure = e;
                })
                .open();
        store.setAutoCommitDelay(10_000);
        this.redo = RedoLog.open(folder, (map, key, document) -> {
            if (document == null) {
                map(map).remove(key);
            } else {
                map(map).put(key, document);
            }
        });
        checkpoint();
        this.checkpointer =
                Thread.ofPlatform().daemon().name("document-file-checkpoint").start(this::checkpointLoop);
    }

    /** Opens the file in this folder, and brings it up to date from the log. */
    static DocumentFile open(Path folder) {
        try {
            return new DocumentFile(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MVMap<String, byte[]> map(String name) {
        return maps.computeIfAbsent(
                name,
                n -> store.openMap(
                        n,
                        new MVMap.Builder<String, byte[]>()
                                .keyType(StringDataType.INSTANCE)
                                .valueType(ByteArrayDataType.INSTANCE)));
    }

    /** The map of this name, for reading; made where it doesn't exist. */
    MVMap<String, byte[]> read(String name) {
        return map(name);
    }

    /** Calls for one key must not overlap: the log's order would not be the map's. */
    void put(String map, String key, byte[] document) {
        refuseAfterFailure();
        map(map).put(key, document);
        redo.append(map, key, document);
    }

    void remove(String map, String key) {
        refuseAfterFailure();
        map(map).remove(key);
        redo.append(map, key, null);
    }

    private void refuseAfterFailure() {
        if (failure != null) {
            throw new IllegalStateException("the document file failed before");
        }
    }

    /** As {@link RedoLog#whenDurable}. */
    void whenDurable(Object client, Runnable action) {
        redo.whenDurable(client, action);
    }

    boolean failed() {
        return failure != null || redo.failed();
    }

    long size() {
        return store.getFileStore().size();
    }

    private void checkpointLoop() {
        long last = System.nanoTime();
        while (true) {
            lock.lock();
            try {
                long rest = TimeUnit.MILLISECONDS.toNanos(500);
                while (!closed && rest > 0) {
                    rest = closing.awaitNanos(rest);
                }
                if (closed) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            long octets = redo.length();
            boolean due =
                    octets > CHECKPOINT_OCTETS || (octets > 0 && System.nanoTime() - last > CHECKPOINT_AGE.toNanos());
            if (due && !failed()) {
                try {
                    checkpoint();
                } catch (IOException | RuntimeException e) {
                    log.error("A checkpoint failed; the redo log keeps growing until one succeeds", e);
                }
                last = System.nanoTime();
            }
        }
    }

    /** The file catches up with the log. */
    private void checkpoint() throws IOException {
        long number = redo.rotate();
        // Whatever is in older log files is in the maps already: a change is logged after the map has it.
        store.commit();
        store.compactFile(COMPACT_MILLIS);
        store.sync();
        redo.deleteBefore(number);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            checkpointer.join();
            if (!failed()) {
                checkpoint();
            }
            redo.close();
        } catch (IOException e) {
            log.warn("The redo log was not closed in order; it is replayed at the next start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
