package cz.digidig.imap.protocol;

import java.io.IOException;
import java.io.OutputStream;

/** Where a {@link CommandReader} gets its octets: a connection, or an array in tests. */
public interface ByteSource {
    /**
     * The octets up to the next CRLF, without it.
     *
     * @throws ImapFailure.BadSyntax the line is longer than {@code most}; it has been skipped
     * @throws IOException the peer is gone or too slow
     */
    byte[] readLine(int most) throws IOException;

    /** Copies exactly so many octets. */
    void readExactly(long count, OutputStream sink) throws IOException;

    /** Asks the client to send the synchronising literal that it announced (RFC 9051 §4.3), and sends it off. */
    void requestLiteral() throws IOException;
}
