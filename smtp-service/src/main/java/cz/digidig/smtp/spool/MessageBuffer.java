package cz.digidig.smtp.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A message while it is being received: on the heap as long as it is small, then in a file. Closing it drops it, unless
 * the spool has taken it over.
 */
public final class MessageBuffer extends OutputStream implements Closeable {
    /** The most octets of what is put before a message when it is whole; a file has so much room at its beginning. */
    public static final int MOST_HEAD = 16 * 1024;

    private static final int FIRST = 8 * 1024;
    private static final byte[] NOTHING = {};

    private final Path path;
    private final int inline;
    private final AtomicLong budget;
    private final CRC32C crc = new CRC32C();
    private byte[] heap = NOTHING;
    private @Nullable FileChannel file;
    private long length;
    private boolean taken;

    /**
     * Starts empty.
     *
     * @param path where it goes when it gets large
     * @param inline the most octets on the heap
     * @param budget what all buffers together may still take from the heap
     */
    MessageBuffer(Path path, int inline, AtomicLong budget) {
        this.path = path;
        this.inline = inline;
        this.budget = budget;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int count) throws IOException {
        if (count == 0) {
            return;
        }
        if (file == null && !roomFor(count)) {
            moveToFile();
        }
        FileChannel large = file;
        if (large == null) {
            System.arraycopy(octets, offset, heap, (int) length, count);
        } else {
            writeFully(large, ByteBuffer.wrap(octets, offset, count));
        }
        crc.update(octets, offset, count);
        length += count;
    }

    private boolean roomFor(int count) {
        long needed = length + count;
        if (needed <= heap.length) {
            return true;
        }
        if (needed > inline) {
            return false;
        }
        int size = (int) Math.min(inline, Math.max(Math.max(FIRST, needed), 2L * heap.length));
        int more = size - heap.length;
        if (budget.addAndGet(-more) < 0) {
            budget.addAndGet(more);
            return false;
        }
        heap = Arrays.copyOf(heap, size);
        return true;
    }

    /**
     * Puts octets before all that was written; once, when the message is whole.
     *
     * @param octets {@link #MOST_HEAD} at most
     */
    public void head(byte[] octets) throws IOException {
        if (octets.length > MOST_HEAD) {
            throw new IOException("more than " + MOST_HEAD + " octets before a message");
        }
        int before = (int) length;
        if (file == null && !roomFor(octets.length)) {
            moveToFile();
        }
        FileChannel large = file;
        if (large == null) {
            System.arraycopy(heap, 0, heap, octets.length, before);
            System.arraycopy(octets, 0, heap, 0, octets.length);
        } else {
            // The end of the room is filled; where it begins follows from the message's length.
            ByteBuffer written = ByteBuffer.wrap(octets);
            while (written.hasRemaining()) {
                large.write(written, MOST_HEAD - (long) written.remaining());
            }
        }
        crc.update(octets);
        length += octets.length;
    }

    private void moveToFile() throws IOException {
        FileChannel large = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        file = large;
        large.position(MOST_HEAD);
        writeFully(large, ByteBuffer.wrap(heap, 0, (int) length));
        giveBack();
    }

    private static void writeFully(FileChannel file, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            file.write(octets);
        }
    }

    private void giveBack() {
        budget.addAndGet(heap.length);
        heap = NOTHING;
    }

    /** Octets so far. */
    public long length() {
        return length;
    }

    int checksum() {
        return (int) crc.getValue();
    }

    boolean inFile() {
        return file != null;
    }

    /** What is on the heap; its first {@link #length()} octets. */
    byte[] heap() {
        return heap;
    }

    /** Makes the file, if there is one, durable; it then belongs to the spool. */
    void keep() throws IOException {
        FileChannel large = file;
        if (large != null) {
            large.force(false);
            large.close();
            Segment.force(Objects.requireNonNull(path.getParent(), "the folder"));
        }
        taken = true;
    }

    /** The spool could not take it over after all. */
    void drop() throws IOException {
        if (taken && file != null) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        giveBack();
        FileChannel large = file;
        if (large != null && !taken) {
            large.close();
            Files.deleteIfExists(path);
        }
    }
}
