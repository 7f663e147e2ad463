package cz.digidig.smtp.mailauth.results;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Passes a message on, in any pieces, without the Authentication-Results fields that name us: who sent it can't know
 * what we found (RFC 8601 §5). Every other octet stays as it is.
 */
public final class ForeignResults extends FilterOutputStream {
    private static final byte[] NAME = AuthenticationResults.NAME.getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_HELD = 64 * 1024;

    private final String server;
    /** A field that may be one of ours, as far as it has come. */
    private byte[] held = new byte[128];

    private int length;
    /** What passes, until the end of a piece. */
    private byte[] passing = new byte[0];

    private int passed;
    private Field field = Field.UNDECIDED;
    private boolean lineStart = true;
    private boolean emptyLine = true;
    private boolean afterCr;
    private boolean inBody;
    private int removed;

    /** What is known of the field that the header is in. */
    private enum Field {
        /** Its name is as expected so far. */
        UNDECIDED,
        /** It is named so: held until its end. */
        RESULTS,
        /** It is ours, and too long to hold. */
        DROPPED,
        OTHER
    }

    /**
     * Passes on to a stream.
     *
     * @param server our authserv-id
     */
    public ForeignResults(OutputStream out, String server) {
        super(out);
        this.server = server;
    }

    /** How many fields were removed. */
    public int removed() {
        return removed;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int count) throws IOException {
        int from = offset;
        int end = offset + count;
        if (!inBody) {
            passing = new byte[length + count];
            passed = 0;
            while (from < end && !inBody) {
                take(octets[from++]);
            }
            out.write(passing, 0, passed);
            passing = new byte[0];
        }
        if (from < end) {
            out.write(octets, from, end - from);
        }
    }

    private void take(byte octet) {
        if (lineStart && octet != ' ' && octet != '\t') {
            endField();
            field = Field.UNDECIDED;
        }
        lineStart = false;
        switch (field) {
            case UNDECIDED -> undecided(octet);
            case RESULTS -> {
                hold(octet);
                if (length == MOST_HELD) {
                    field = isOurs() ? Field.DROPPED : Field.OTHER;
                    settle();
                }
            }
            case OTHER -> pass(octet);
            case DROPPED -> {}
        }
        if (octet == '\n' && afterCr) {
            inBody = emptyLine;
            lineStart = true;
            emptyLine = true;
        } else if (octet != '\r' || afterCr) {
            emptyLine = false;
        }
        afterCr = octet == '\r';
        if (inBody) {
            endField();
        }
    }

    private void undecided(byte octet) {
        byte lower = (byte) (octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet);
        boolean named = length >= NAME.length;
        hold(octet);
        if (named && octet == ':') {
            field = Field.RESULTS;
        } else if (named ? octet != ' ' && octet != '\t' : lower != NAME[length - 1]) {
            field = Field.OTHER;
            settle();
        } else if (length == MOST_HELD) {
            field = Field.OTHER;
            settle();
        }
    }

    private void pass(byte octet) {
        passing[passed++] = octet;
    }

    private void hold(byte octet) {
        if (length == held.length) {
            held = Arrays.copyOf(held, 2 * length);
        }
        held[length++] = octet;
    }

    private void endField() {
        if (field == Field.RESULTS) {
            field = isOurs() ? Field.DROPPED : Field.OTHER;
        }
        if (field == Field.DROPPED) {
            removed++;
        }
        settle();
        field = Field.OTHER;
    }

    /** Passes on or drops what was held. */
    private void settle() {
        if (field != Field.DROPPED) {
            System.arraycopy(held, 0, passing, passed, length);
            passed += length;
        }
        length = 0;
    }

    private boolean isOurs() {
        String text = new String(held, 0, length, StandardCharsets.UTF_8);
        String value = text.substring(text.indexOf(':') + 1);
        return AuthenticationResults.serverOf(value)
                .map(server::equalsIgnoreCase)
                // What can't be read, but names us, may be read by somebody who is less strict.
                .orElseGet(() -> value.toLowerCase(Locale.ROOT).contains(server.toLowerCase(Locale.ROOT)));
    }

    /** The message is at its end: a header without a body may end within a field. */
    public void finish() throws IOException {
        if (!inBody) {
            inBody = true;
            passing = new byte[length];
            passed = 0;
            endField();
            out.write(passing, 0, passed);
        }
    }
}
