package cz.digidig.common.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines and runs of octets from a peer. Not for two threads at once.
 *
 * <p>While nothing is buffered it holds one kilobyte: it waits with a small buffer, and takes larger ones only while the
 * peer fills them.
 */
public final class LineReader {
    private static final int RESTING = 1024;
    private static final int LARGEST_READ = 32 * 1024;
    /** How far the rest of an overlong line is skipped, so that an error can be answered and the session go on. */
    private static final int MOST_SKIPPED = 1024 * 1024;

    private static final byte[] NOTHING = {};

    /** Where the octets come from. */
    interface Source {
        /**
         * As {@link InputStream#read(byte[], int, int)}, never 0.
         *
         * @param started {@link System#nanoTime()} when the reader's caller began to wait
         * @param atRest true: nothing is under way, the peer is about to send something new
         * @throws EndOfStream in place of -1
         */
        int read(byte[] into, int offset, int length, long started, boolean atRest) throws IOException;
    }

    private final Source source;
    private byte @Nullable [] resting;
    private byte[] buffer = NOTHING;
    private int position;
    private int limit;
    private boolean wasFilled;

    LineReader(Source source) {
        this.source = source;
    }

    /** Reads from a stream without deadlines. */
    public LineReader(InputStream stream) {
        this((into, offset, length, _, _) -> {
            int count = stream.read(into, offset, length);
            if (count < 0) {
                throw new EndOfStream();
            }
            return count;
        });
    }

    /**
     * The octets up to the next CRLF, without it. A bare CR or LF does not end the line and is among its octets.
     *
     * @param most the most octets, the CRLF not counted
     * @throws LineTooLong there are more; the rest is skipped as far as that is reasonable
     * @throws EndOfStream before the line was complete
     * @throws DeadlinePassed the whole line took longer than the read deadline
     */
    public byte[] readLine(int most) throws IOException {
        int end = findEnd(most, true);
        byte[] line = Arrays.copyOfRange(buffer, position, end - 1);
        consumeTo(end + 1);
        return line;
    }

    /**
     * As {@link #readLine(int)}, but a bare LF ends the line too, and the result tells so: for a protocol that answers
     * such a line with an error instead of waiting for a CRLF that may never come.
     */
    public Line nextLine(int most) throws IOException {
        int end = findEnd(most, false);
        boolean crlf = end > position && buffer[end - 1] == '\r';
        byte[] octets = Arrays.copyOfRange(buffer, position, crlf ? end - 1 : end);
        consumeTo(end + 1);
        return new Line(octets, crlf ? Line.Ending.CRLF : Line.Ending.BARE_LF);
    }

    /** Reads until the line end is in the buffer; the index of its LF. */
    private int findEnd(int most, boolean strict) throws IOException {
        long started = 0;
        int scanned = 0;
        while (true) {
            for (int i = position + scanned; i < limit; i++) {
                if (buffer[i] == '\n') {
                    boolean crlf = i > position && buffer[i - 1] == '\r';
                    if (crlf || !strict) {
                        if (i - position - (crlf ? 1 : 0) > most) {
                            consumeTo(i + 1);
                            throw new LineTooLong(most, true);
                        }
                        return i;
                    }
                }
            }
            scanned = limit - position;
            if (scanned > most + 1 || (scanned == most + 1 && buffer[limit - 1] != '\r')) {
                throw new LineTooLong(most, skipLine(strict));
            }
            if (started == 0) {
                started = System.nanoTime();
            }
            fill(started, scanned == 0);
        }
    }

    /** Drops what is buffered and goes on to the line's end; false where that is too far. */
    private boolean skipLine(boolean strict) throws IOException {
        long started = System.nanoTime();
        int skipped = 0;
        boolean afterCr = false;
        while (true) {
            for (int i = position; i < limit; i++) {
                if (buffer[i] == '\n' && (afterCr || !strict)) {
                    consumeTo(i + 1);
                    return true;
                }
                afterCr = buffer[i] == '\r';
            }
            skipped += limit - position;
            consumeTo(limit);
            if (skipped > MOST_SKIPPED) {
                return false;
            }
            fill(started, false);
        }
    }

    /**
     * Reads what there is, at least one octet; waits only while nothing is buffered.
     *
     * @return how many octets, 1 to {@code length}
     * @throws EndOfStream the peer closed; never -1
     * @throws DeadlinePassed nothing came within the read deadline
     */
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit) {
            long started = System.nanoTime();
            if (length >= LARGEST_READ / 2) {
                return source.read(into, offset, length, started, false);
            }
            fill(started, false);
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, into, offset, count);
        consumeTo(position + count);
        return count;
    }

    /**
     * Copies exactly so many octets to a sink, without ever holding more than one buffer of them.
     *
     * @throws EndOfStream before they were complete
     * @throws DeadlinePassed nothing came within the read deadline
     */
    public void readExactly(long count, OutputStream sink) throws IOException {
        long left = count;
        while (left > 0) {
            if (position == limit) {
                fill(System.nanoTime(), false);
            }
            int some = (int) Math.min(left, limit - position);
            sink.write(buffer, position, some);
            consumeTo(position + some);
            left -= some;
        }
    }

    /** Takes octets from the reader; those that it leaves are the next to be read. */
    @FunctionalInterface
    public interface Taker {
        /** How many octets were taken, 0 to {@code length}. */
        int take(byte[] octets, int offset, int length) throws IOException;
    }

    /**
     * Hands over what there is, without a copy; waits only while nothing is buffered.
     *
     * @throws EndOfStream the peer closed
     * @throws DeadlinePassed nothing came within the read deadline
     */
    public void readSome(Taker taker) throws IOException {
        if (position == limit) {
            fill(System.nanoTime(), false);
        }
        consumeTo(position + taker.take(buffer, position, limit - position));
    }

    /** Whether octets that the peer sent are here, not yet read. */
    public boolean hasBuffered() {
        return position < limit;
    }

    private void consumeTo(int end) {
        position = end;
    }

    /** One read from the source, behind what is buffered. */
    private void fill(long started, boolean atRest) throws IOException {
        if (position == limit) {
            position = 0;
            limit = 0;
            buffer = wasFilled ? new byte[Math.clamp(buffer.length * 8L, RESTING, LARGEST_READ)] : resting();
        } else if (limit == buffer.length) {
            int held = limit - position;
            byte[] roomier = held < buffer.length / 2 ? buffer : new byte[buffer.length * 2];
            System.arraycopy(buffer, position, roomier, 0, held);
            buffer = roomier;
            position = 0;
            limit = held;
        }
        int room = buffer.length - limit;
        int count = source.read(buffer, limit, room, started, atRest);
        limit += count;
        wasFilled = count == room;
    }

    private byte[] resting() {
        byte[] small = resting;
        if (small == null) {
            small = new byte[RESTING];
            resting = small;
        }
        return small;
    }
}
