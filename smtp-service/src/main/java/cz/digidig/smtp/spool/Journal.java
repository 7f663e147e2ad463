package cz.digidig.smtp.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer: one thread gathers every record that waits, writes them in one go and forces once. While it forces, the
 * next ones gather; so the more connections there are, the more messages share one force.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int BUFFER = 512 * 1024;
    /** The most records of one batch; what one force may bring is bounded so that nobody waits long. */
    private static final int MOST_IN_BATCH = 512;

    private final SpoolSettings settings;
    private final BlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Consumer<Segment> onSealed;
    private final BatchListener onBatch;
    private final Thread writer;
    private volatile boolean stopping;
    private Segment segment;

    /** Told of each force: how many records it carried and how long it took. */
    @FunctionalInterface
    interface BatchListener {
        void forced(int records, long nanos);
    }

    /** One record on its way. */
    static final class Append {
        private final RecordFormat.Encoded record;
        private final boolean message;
        private final Consumer<QueuedMessage.Location> onWritten;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile @Nullable Segment segment;
        private volatile long position;
        private volatile @Nullable IOException failure;

        Append(RecordFormat.Encoded record, boolean message) {
            this(record, message, _ -> {});
        }

        /**
         * A record.
         *
         * @param onWritten is told where it is, on the writer's thread
         */
        Append(RecordFormat.Encoded record, boolean message, Consumer<QueuedMessage.Location> onWritten) {
            this.record = record;
            this.message = message;
            this.onWritten = onWritten;
        }

        /** Waits until it is forced; returns where it is. */
        QueuedMessage.Location await() throws IOException {
            boolean interrupted = false;
            while (true) {
                try {
                    done.await();
                    break;
                } catch (InterruptedException _) {
                    interrupted = true; // The record is on its way: its fate must be known.
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Segment where = segment;
            if (where == null) {
                throw new SpoolUnavailable("the spool can't be written", failure);
            }
            return location(where);
        }

        private QueuedMessage.Location location(Segment where) {
            long content = record.contentLength() == 0 ? -1 : position + record.head().length;
            return new QueuedMessage.Location(where, position, record.length(), content);
        }
    }

    Journal(SpoolSettings settings, long firstNumber, Consumer<Segment> onSealed, BatchListener onBatch)
            throws IOException {
        this.settings = settings;
        this.onSealed = onSealed;
        this.onBatch = onBatch;
        this.segment = Segment.create(settings.folder(), firstNumber);
        this.writer = Thread.ofPlatform().name("spool-writer").daemon().start(this::writeAll);
    }

    /** Hands a record over; the order of calls is the order in the journal. */
    void submit(Append append) {
        waiting.add(append);
    }

    /** Writes what waits and ends. To be called when nobody submits any more. */
    void close() {
        stopping = true;
        submit(new Append(RecordFormat.done(new QueueId(0)), false));
        try {
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        List<Append> batch = new ArrayList<>(MOST_IN_BATCH);
        try {
            while (!stopping || !waiting.isEmpty()) {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_IN_BATCH - 1);
                commit(batch);
                batch.clear();
            }
            segment.force();
            segment.close();
        } catch (InterruptedException _) {
            LOG.error("the spool's writer was interrupted; nothing more is accepted");
        } catch (IOException failed) {
            LOG.atError().setCause(failed).log("the spool's last segment can't be closed");
        }
    }

    private void commit(List<Append> batch) {
        try {
            if (segment.length() >= settings.segment() || segment.sealed()) {
                roll();
            }
            write(batch);
        } catch (IOException failed) {
            LOG.atError().setCause(failed).addKeyValue("records", batch.size()).log("the spool can't be written");
            fail(batch, failed);
        }
        for (Append append : batch) {
            append.done.countDown();
        }
    }

    private void write(List<Append> batch) throws IOException {
        long position = segment.length();
        long flushed = position;
        boolean force = false;
        for (Append append : batch) {
            append.position = position;
            append.record.seal(segment.salt());
            flushed = put(append.record.head(), append.record.head().length, flushed);
            flushed = put(append.record.content(), append.record.contentLength(), flushed);
            position += append.record.length();
            force |= append.message;
        }
        flushBuffer(flushed);
        if (force) {
            long started = System.nanoTime();
            segment.force();
            onBatch.forced(batch.size(), System.nanoTime() - started);
        }
        for (Append append : batch) {
            if (append.message) {
                segment.addLive(append.record.length());
            }
            append.segment = segment;
            append.onWritten.accept(append.location(segment));
        }
        segment.grownTo(position);
    }

    /** Copies to the buffer, which goes to the file when it is full; returns where in the file the buffer begins. */
    private long put(byte[] octets, int length, long bufferStart) throws IOException {
        long start = bufferStart;
        int at = 0;
        while (at < length) {
            if (!buffer.hasRemaining()) {
                start = flushBuffer(start);
            }
            int some = Math.min(buffer.remaining(), length - at);
            buffer.put(octets, at, some);
            at += some;
        }
        return start;
    }

    private long flushBuffer(long start) throws IOException {
        buffer.flip();
        int count = buffer.remaining();
        segment.append(buffer, start);
        buffer.clear();
        return start + count;
    }

    private void roll() throws IOException {
        Segment full = segment;
        segment = Segment.create(settings.folder(), full.number() + 1);
        full.seal();
        onSealed.accept(full);
    }

    /**
     * Nothing of the batch counts. After a failed force the state of the file's pages is unknown, so the segment takes no
     * more records; those of the failed batch are cut off, so that they don't come back at the next start.
     */
    private void fail(List<Append> batch, IOException failure) {
        buffer.clear();
        for (Append append : batch) {
            append.failure = failure;
        }
        try {
            segment.retreat();
        } catch (IOException also) {
            LOG.atError().setCause(also).log("records of a failed write can't be taken back from the spool");
        }
        segment.seal();
    }
}
