package cz.digidig.client.imports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends the lines of a text as mail does, by CRLF.
 *
 * <p>Where the text comes from an mbox, one {@code >} is taken off each line that is a quoted {@code From } (mboxrd).
 */
final class MailLines extends OutputStream {
    private static final byte[] FROM = "From ".getBytes(US_ASCII);

    private final OutputStream sink;
    private final boolean crlf;
    private final boolean quoted;

    // How much of ">>>From " the line began with so far, which is not written yet.
    private boolean beginning;
    private long quotes;
    private int matched;
    private boolean carriageReturn;

    /**
     * Lines for a sink, which is not closed.
     *
     * @param crlf whether a CR before LF is part of the text's line end; else of the line
     * @param quoted whether the text comes from an mbox
     */
    MailLines(OutputStream sink, boolean crlf, boolean quoted) {
        this.sink = sink;
        this.crlf = crlf;
        this.quoted = quoted;
        this.beginning = quoted;
    }

    @Override
    public void write(int octet) throws IOException {
        if (beginning) {
            if (matched == 0 && octet == '>') {
                quotes++;
                return;
            }
            if (quotes > 0 && octet == FROM[matched]) {
                matched++;
                if (matched == FROM.length) {
                    quotes--;
                    begin();
                }
                return;
            }
            begin();
        }
        if (octet == '\n') {
            if (!crlf || !carriageReturn) {
                sink.write('\r');
            }
            beginning = quoted;
        }
        sink.write(octet);
        carriageReturn = octet == '\r';
    }

    private void begin() throws IOException {
        for (; quotes > 0; quotes--) {
            sink.write('>');
        }
        sink.write(FROM, 0, matched);
        matched = 0;
        beginning = false;
        carriageReturn = false;
    }

    /** What is left of a last line without an end. */
    @Override
    public void close() throws IOException {
        if (beginning) {
            begin();
        }
    }
}
