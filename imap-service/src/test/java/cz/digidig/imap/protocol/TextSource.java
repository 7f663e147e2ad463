package cz.digidig.imap.protocol;

import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Octets of a text; counts the literals that were asked for. */
final class TextSource implements ByteSource {
    private final byte[] octets;
    private int at;
    int requested;

    TextSource(String text) {
        this(text.getBytes(StandardCharsets.UTF_8));
    }

    TextSource(byte[] octets) {
        this.octets = octets;
    }

    boolean atEnd() {
        return at == octets.length;
    }

    @Override
    public byte[] readLine(int most) throws IOException {
        for (int i = at; i + 1 < octets.length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n') {
                byte[] line = Arrays.copyOfRange(octets, at, i);
                at = i + 2;
                if (line.length > most) {
                    throw new BadSyntax("too long");
                }
                return line;
            }
        }
        throw new EOFException();
    }

    @Override
    public void readExactly(long count, OutputStream sink) throws IOException {
        if (count > octets.length - at) {
            throw new EOFException();
        }
        sink.write(octets, at, (int) count);
        at += (int) count;
    }

    @Override
    public void requestLiteral() {
        requested++;
    }
}
