package cz.digidig.client.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;

/** The lines of a file one after the other, of whatever length: where each lies, and how it begins. */
final class Lines {
    /** As long as anything that matters in a line. */
    private static final int MOST_KEPT = 8192;

    private final InputStream file;
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private int at;
    private long start;
    private long end;
    private final byte[] kept = new byte[MOST_KEPT];
    private int length;
    private boolean crlf;

    Lines(InputStream file) {
        this.file = file;
    }

    /** Goes to the next one; false: there is none. */
    boolean next() throws IOException {
        start = end;
        length = 0;
        boolean carriageReturn = false;
        while (true) {
            if (at == filled) {
                filled = Math.max(0, file.read(buffer));
                at = 0;
                if (filled == 0) {
                    crlf = false;
                    return end > start;
                }
            }
            byte octet = buffer[at++];
            end++;
            if (octet == '\n') {
                crlf = carriageReturn;
                length -= crlf && length > 0 && kept[length - 1] == '\r' ? 1 : 0;
                return true;
            }
            carriageReturn = octet == '\r';
            if (length < MOST_KEPT) {
                kept[length++] = octet;
            }
        }
    }

    /** Where it begins in the file. */
    long start() {
        return start;
    }

    /** Where the next one begins. */
    long end() {
        return end;
    }

    boolean endsWithCrLf() {
        return crlf;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Whether it begins so, for texts of ASCII. */
    boolean startsWith(String text) {
        if (length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (kept[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Without its end; of a very long one the beginning. */
    String text() {
        return new String(kept, 0, length, ISO_8859_1);
    }
}
