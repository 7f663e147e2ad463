package cz.digidig.storage.embedded;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only log of changed documents in numbered files. Many writers share one write and one fsync: while one is
 * under way, what arrives is collected for the next. One thread at a time writes: the log's own, or that of a client who
 * is alone.
 *
 * <p>A record is its length (4 octets), the CRC-32C of what follows (4), then the map's name, the key (each with a
 * length of 2) and the document's octets; a length of -1 in their place says that the document was deleted. The files
 * are extended by zeros ahead of use, so that an fsync need not write their size; a length of zero ends the log, as does
 * a wrong checksum (a record that was being written when the machine stopped).
 */
final class RedoLog implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(RedoLog.class);
    private static final int EXTENSION = 4 << 20;
    private static final int HEADER = 8;
    private static final int DELETED = -1;

    /** Receives the records of a replay in their order. */
    interface Sink {
        void put(String map, String key, byte @Nullable [] document);
    }

    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition idle = lock.newCondition();
    private final Thread writer;

    private ByteBuffer collecting = ByteBuffer.allocate(1 << 16);
    private ByteBuffer spare = ByteBuffer.allocate(1 << 16);
    private List<Runnable> waiters = new ArrayList<>();
    private @Nullable Object lastClient;
    private long appended;
    private long durable;
    private boolean writing;
    private boolean closed;
    private @Nullable IOException failure;

    private FileChannel channel;
    private long fileNumber;
    private long fileLength;
    private long fileEnd;

    private RedoLog(Path folder, long fileNumber) throws IOException {
        this.folder = folder;
        this.fileNumber = fileNumber;
        this.channel = create(fileNumber);
        this.writer = Thread.ofPlatform().daemon().name("redo-log").start(this::writeLoop);
    }

    /**
     * Replays what the folder's files hold, then starts a new file. The old ones stay until {@link #deleteBefore}.
     */
    static RedoLog open(Path folder, Sink sink) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = files(folder);
        long last = 0;
        for (Path file : files) {
            long records = replay(file, sink);
            last = number(file);
            if (records > 0) {
                log.info("Replayed {} records of {}", records, file.getFileName());
            }
        }
        return new RedoLog(folder, last + 1);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.getFileName().toString().matches("redo-\\d+\\.log"))
                    .sorted((a, b) -> Long.compare(number(a), number(b)))
                    .toList();
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring("redo-".length(), name.length() - ".log".length()));
    }

    private static long replay(Path file, Sink sink) throws IOException {
        long records = 0;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            long size = in.size();
            long position = 0;
            while (position + HEADER <= size) {
                header.clear();
                readFully(in, header, position);
                int length = header.getInt(0);
                if (length <= 0 || position + HEADER + length > size) {
                    break;
                }
                ByteBuffer body = ByteBuffer.allocate(length);
                readFully(in, body, position + HEADER);
                if (checksum(body.array(), 0, length) != header.getInt(4)) {
                    log.warn("The last record of {} was not written whole; it was never acknowledged", file);
                    break;
                }
                body.flip();
                String map = text(body);
                String key = text(body);
                int documentLength = body.getInt();
                byte[] document = null;
                if (documentLength != DELETED) {
                    document = new byte[documentLength];
                    body.get(document);
                }
                sink.put(map, key, document);
                records++;
                position += HEADER + length;
            }
        }
        return records;
    }

    private static void readFully(FileChannel in, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = in.read(into, at);
            if (count < 0) {
                throw new EOFException();
            }
            at += count;
        }
    }

    private static String text(ByteBuffer from) {
        byte[] octets = new byte[from.getShort() & 0xFFFF];
        from.get(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] octets, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(octets, offset, length);
        return (int) sum.getValue();
    }

    /** Adds a changed document, or with null a deleted one. It is on disk once {@link #whenDurable} says so. */
    void append(String map, String key, byte @Nullable [] document) {
        byte[] mapName = map.getBytes(StandardCharsets.UTF_8);
        byte[] keyName = key.getBytes(StandardCharsets.UTF_8);
        int length = 2 + mapName.length + 2 + keyName.length + 4 + (document == null ? 0 : document.length);
        lock.lock();
        try {
            if (failure != null || closed) {
                throw new UncheckedIOException(failure != null ? failure : new IOException("closed"));
            }
            reserve(HEADER + length);
            int start = collecting.position();
            collecting.putInt(length).putInt(0);
            collecting.putShort((short) mapName.length).put(mapName);
            collecting.putShort((short) keyName.length).put(keyName);
            if (document == null) {
                collecting.putInt(DELETED);
            } else {
                collecting.putInt(document.length).put(document);
            }
            collecting.putInt(start + 4, checksum(collecting.array(), start + HEADER, length));
            appended += HEADER + length;
        } finally {
            lock.unlock();
        }
    }

    private void reserve(int octets) {
        if (collecting.remaining() < octets) {
            int capacity = Math.max(2 * collecting.capacity(), collecting.position() + octets);
            ByteBuffer larger = ByteBuffer.allocate(capacity);
            collecting.flip();
            larger.put(collecting);
            collecting = larger;
        }
    }

    /**
     * Runs the action once everything appended so far is on disk: at once where it is, else on the log's own thread; never
     * where the disk failed. Whoever waits for the disk twice in a row is alone, and is spared two changes of threads: it
     * writes itself.
     *
     * @param client who waits
     */
    void whenDurable(Object client, Runnable action) {
        boolean writes = false;
        lock.lock();
        try {
            if (durable < appended) {
                boolean unused = !writing && waiters.isEmpty() && failure == null && !closed;
                writes = unused && client.equals(lastClient);
                lastClient = client;
                waiters.add(action);
                if (!writes) {
                    wanted.signal();
                    return;
                }
                writing = true;
            }
        } finally {
            lock.unlock();
        }
        if (writes) {
            writeCollected();
        } else {
            action.run();
        }
    }

    /** True: the disk refused a write; nothing is accepted any more. */
    boolean failed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Octets in the file that is being written. */
    long length() {
        lock.lock();
        try {
            return fileEnd + collecting.position();
        } finally {
            lock.unlock();
        }
    }

    private void writeLoop() {
        do {
            lock.lock();
            try {
                while (writing || (waiters.isEmpty() && !closed)) {
                    wanted.awaitUninterruptibly();
                }
                if (failure != null || (waiters.isEmpty() && collecting.position() == 0)) {
                    return;
                }
                writing = true;
            } finally {
                lock.unlock();
            }
        } while (writeCollected());
    }

    /** Called by the one thread that has set {@link #writing}, which it ends. False: the disk failed. */
    private boolean writeCollected() {
        ByteBuffer batch;
        List<Runnable> served;
        long upTo;
        lock.lock();
        try {
            batch = swap();
            served = waiters;
            waiters = new ArrayList<>();
            upTo = appended;
        } finally {
            lock.unlock();
        }
        boolean written = write(batch);
        lock.lock();
        try {
            writing = false;
            if (written) {
                durable = upTo;
            }
            idle.signalAll();
            if (closed || !waiters.isEmpty()) {
                wanted.signal();
            }
        } finally {
            lock.unlock();
        }
        if (written) {
            served.forEach(Runnable::run);
        }
        return written;
    }

    private ByteBuffer swap() {
        ByteBuffer batch = collecting;
        collecting = spare.capacity() > EXTENSION ? ByteBuffer.allocate(1 << 16) : spare.clear();
        spare = batch;
        return batch.flip();
    }

    private boolean write(ByteBuffer batch) {
        try {
            extend(fileEnd + batch.remaining());
            long at = fileEnd;
            while (batch.hasRemaining()) {
                at += channel.write(batch, at);
            }
            channel.force(false);
            fileEnd = at;
            return true;
        } catch (IOException e) {
            log.error("The redo log can't be written; no further change is accepted", e);
            lock.lock();
            try {
                failure = e;
            } finally {
                lock.unlock();
            }
            return false;
        }
    }

    private void extend(long needed) throws IOException {
        if (needed + HEADER <= fileLength) {
            return;
        }
        ByteBuffer zeros = ByteBuffer.allocate(1 << 18);
        while (fileLength < needed + EXTENSION) {
            zeros.clear();
            fileLength += channel.write(zeros, fileLength);
        }
        channel.force(true);
    }

    private FileChannel create(long number) throws IOException {
        FileChannel created = FileChannel.open(
                folder.resolve("redo-" + number + ".log"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return created;
    }

    /**
     * Starts a new file. Everything appended before is in older files, on disk.
     *
     * @return the new file's number
     */
    long rotate() throws IOException {
        FileChannel next;
        long number;
        lock.lock();
        try {
            number = fileNumber + 1;
        } finally {
            lock.unlock();
        }
        next = create(number);
        lock.lock();
        try {
            while (writing) {
                idle.awaitUninterruptibly();
            }
            ByteBuffer batch = swap();
            List<Runnable> served = waiters;
            waiters = new ArrayList<>();
            if (failure != null || !write(batch)) {
                next.close();
                throw new IOException("the redo log failed", failure);
            }
            durable = appended;
            channel.close();
            channel = next;
            fileNumber = number;
            fileLength = 0;
            fileEnd = 0;
            served.forEach(Runnable::run);
            return number;
        } finally {
            lock.unlock();
        }
    }

    /** Deletes the files before this number; the caller has made sure that their records are safe elsewhere. */
    void deleteBefore(long number) throws IOException {
        // Oldest first: a crash in between leaves no older record that a replay would bring back without its
        // successors.
        for (Path file : files(folder)) {
            if (number(file) < number) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (true) {
            try {
                writer.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }
}
