package cz.digidig.smtp.protocol;

import java.io.IOException;
import java.io.OutputStream;

/** Puts dots before a message's lines as DATA needs it (RFC 5321 §4.5.2). Give it the octets in any pieces. */
public final class DotEncoder {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] END = {'.', '\r', '\n'};

    private final OutputStream out;
    private boolean lineStart = true;
    private boolean afterCr;

    public DotEncoder(OutputStream out) {
        this.out = out;
    }

    public void encode(byte[] octets, int from, int length) throws IOException {
        int start = from; // octets from here on are not yet written
        for (int i = from; i < from + length; i++) {
            byte b = octets[i];
            if (lineStart && b == '.') {
                out.write(octets, start, i - start);
                out.write('.');
                start = i;
            }
            lineStart = b == '\n' && afterCr;
            afterCr = b == '\r';
        }
        out.write(octets, start, from + length - start);
    }

    /** Ends the last line, where it has no end, and the message. */
    public void finish() throws IOException {
        if (!lineStart) {
            out.write(CRLF);
        }
        out.write(END);
    }
}
