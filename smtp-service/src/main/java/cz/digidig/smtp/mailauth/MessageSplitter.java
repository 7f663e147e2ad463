package cz.digidig.smtp.mailauth;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Splits a message's octets, as they pass in any pieces, into header and body. The header is kept up to a limit, the
 * body passes through. Closing says that the message is at its end.
 */
public final class MessageSplitter extends OutputStream {
    /** The most octets of a header that are looked at. */
    public static final int MOST_HEADER = 256 * 1024;

    private final Parts parts;
    private final int most;
    private byte[] header = new byte[4096];
    private int length;
    private boolean overfull;
    private boolean inBody;
    private boolean ended;
    private int line;
    private boolean afterCr;

    /** Who gets the parts. */
    public interface Parts {
        /** The header; comes once, before any of the body. */
        void header(MessageHeader header);

        /** Octets of the body, in order. */
        void body(byte[] octets, int offset, int count);
    }

    public MessageSplitter(Parts parts) {
        this(parts, MOST_HEADER);
    }

    MessageSplitter(Parts parts, int most) {
        this.parts = parts;
        this.most = most;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int count) {
        int from = offset;
        int end = offset + count;
        while (!inBody && from < end) {
            take(octets[from++]);
        }
        if (from < end) {
            parts.body(octets, from, end - from);
        }
    }

    private void take(byte octet) {
        if (octet == '\n' && afterCr) {
            if (line == 1) {
                // The empty line's CR was kept; it is no part of the header.
                endHeader(overfull ? length : length - 1);
                return;
            }
            line = 0;
            afterCr = false;
        } else {
            line++;
            afterCr = octet == '\r';
        }
        keep(octet);
    }

    private void keep(byte octet) {
        if (length == most) {
            overfull = true;
            return;
        }
        if (length == header.length) {
            header = Arrays.copyOf(header, Math.min(most, 2 * length));
        }
        header[length++] = octet;
    }

    private void endHeader(int octets) {
        inBody = true;
        MessageHeader read = MessageHeader.read(header, octets, !overfull);
        header = new byte[0];
        parts.header(read);
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            if (!inBody) {
                endHeader(length);
            }
        }
    }
}
