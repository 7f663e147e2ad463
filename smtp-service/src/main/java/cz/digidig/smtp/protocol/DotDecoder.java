package cz.digidig.smtp.protocol;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes the dots off a message as DATA sends it, and finds its end (RFC 5321 §4.5.2). Only CRLF makes a line: nothing but
 * CRLF.CRLF ends a message, and a dot after a bare CR or LF is a dot. Give it the octets in any pieces.
 */
public final class DotDecoder {
    private enum State {
        LINE_START,
        TEXT,
        CR,
        DOT,
        DOT_CR,
        END
    }

    private State state = State.LINE_START;

    /** Whether the end was seen. */
    public boolean finished() {
        return state == State.END;
    }

    /**
     * Decodes up to the message's end, or all.
     *
     * @return how many octets were taken; fewer than given only when the message ended
     */
    public int decode(byte[] in, int from, int length, OutputStream out) throws IOException {
        int end = from + length;
        int i = from;
        int start = from; // octets from here to i belong to the message and are not yet written
        while (i < end && state != State.END) {
            byte b = in[i];
            switch (state) {
                case TEXT -> {
                    while (i < end && in[i] != '\r') {
                        i++;
                    }
                    if (i < end) {
                        state = State.CR;
                        i++;
                    }
                }
                case CR -> {
                    state = b == '\n' ? State.LINE_START : b == '\r' ? State.CR : State.TEXT;
                    i++;
                }
                case LINE_START -> {
                    if (b == '.') {
                        out.write(in, start, i - start);
                        start = i + 1;
                        state = State.DOT;
                    } else {
                        state = b == '\r' ? State.CR : State.TEXT;
                    }
                    i++;
                }
                case DOT -> {
                    if (b == '\r') {
                        start = i + 1;
                        state = State.DOT_CR;
                    } else {
                        state = State.TEXT;
                    }
                    i++;
                }
                case DOT_CR -> {
                    if (b == '\n') {
                        state = State.END;
                        start = i + 1;
                    } else {
                        // The CR was the message's own after all, a bare one.
                        out.write('\r');
                        state = b == '\r' ? State.CR : State.TEXT;
                        start = i;
                    }
                    i++;
                }
                case END -> throw new IllegalStateException("ended");
            }
        }
        out.write(in, start, Math.max(0, i - start));
        return i - from;
    }
}
