package cz.digidig.common.net;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Collects small writes; holds no buffer after a flush. Marks when a write to the socket began, for the sweep. */
final class ConnectionOutput extends OutputStream {
    private static final int FIRST = 512;
    private static final int LARGEST = 16 * 1024;
    /** The most octets of one socket write, so that a stalled peer is told from a slow one. */
    private static final int SLICE = 64 * 1024;

    private static final byte[] NOTHING = {};

    private OutputStream socket;
    private byte[] buffer = NOTHING;
    private int length;
    private volatile long writeStarted;
    private final AtomicLong sent = new AtomicLong();

    ConnectionOutput(OutputStream socket) {
        this.socket = socket;
    }

    void redirect(OutputStream encrypted) {
        socket = encrypted;
    }

    /** {@link System#nanoTime()} when the write that is under way began; 0: none is. */
    long writeStarted() {
        return writeStarted;
    }

    /** Octets that were given to the socket so far. */
    long sent() {
        return sent.get();
    }

    @Override
    public void write(int octet) throws IOException {
        ensureRoom(1);
        buffer[length++] = (byte) octet;
    }

    @Override
    public void write(byte[] octets, int offset, int count) throws IOException {
        if (count >= LARGEST) {
            writeBuffer();
            send(octets, offset, count);
            return;
        }
        ensureRoom(count);
        System.arraycopy(octets, offset, buffer, length, count);
        length += count;
    }

    @Override
    public void flush() throws IOException {
        writeBuffer();
        buffer = NOTHING;
        socket.flush();
    }

    private void ensureRoom(int count) throws IOException {
        if (length + count > LARGEST) {
            writeBuffer();
        }
        if (length + count > buffer.length) {
            int size = Math.clamp(Math.max(2L * buffer.length, length + count), FIRST, LARGEST);
            buffer = Arrays.copyOf(buffer, size);
        }
    }

    private void writeBuffer() throws IOException {
        if (length > 0) {
            int count = length;
            length = 0;
            send(buffer, 0, count);
        }
    }

    private void send(byte[] octets, int offset, int count) throws IOException {
        try {
            for (int from = 0; from < count; from += SLICE) {
                int length = Math.min(SLICE, count - from);
                writeStarted = System.nanoTime() | 1;
                socket.write(octets, offset + from, length);
                sent.addAndGet(length);
            }
        } finally {
            writeStarted = 0;
        }
    }
}
