package cz.digidig.smtp.protocol;

/**
 * Looks at a message's octets as they pass, in any pieces: what makes it unacceptable, and how often it was relayed.
 */
public final class MessageInspection {
    private static final byte[] RECEIVED = {'r', 'e', 'c', 'e', 'i', 'v', 'e', 'd', ':'};

    private boolean bareCr;
    private boolean bareLf;
    private boolean nul;
    private boolean eightBit;
    private boolean header = true;
    private boolean afterCr;
    private int line;
    private int longest;
    private int matched;
    private int hops;
    private long size;

    public void feed(byte[] octets, int from, int length) {
        size += length;
        for (int i = from; i < from + length; i++) {
            byte b = octets[i];
            if (b == '\n') {
                endLine();
            } else {
                if (afterCr) {
                    bareCr = true;
                    afterCr = false;
                    line++;
                }
                if (b == '\r') {
                    afterCr = true;
                } else {
                    if (header) {
                        match(b);
                    }
                    line++;
                    nul |= b == 0;
                    eightBit |= b < 0;
                }
            }
        }
    }

    private void endLine() {
        bareLf |= !afterCr;
        afterCr = false;
        if (line == 0) {
            header = false;
        }
        longest = Math.max(longest, line);
        line = 0;
        matched = 0;
    }

    private void match(byte b) {
        if (line == matched && matched < RECEIVED.length && (b | (b == ':' ? 0 : 0x20)) == RECEIVED[matched]) {
            matched++;
            if (matched == RECEIVED.length) {
                hops++;
            }
        }
    }

    /** A CR that no LF follows. */
    public boolean bareCr() {
        return bareCr || afterCr;
    }

    /** An LF that no CR precedes. */
    public boolean bareLf() {
        return bareLf;
    }

    public boolean nul() {
        return nul;
    }

    public boolean eightBit() {
        return eightBit;
    }

    /** The longest line in octets, without its CRLF. */
    public int longestLine() {
        return Math.max(longest, line);
    }

    /** How many Received fields the header has: each relay adds one (RFC 5321 §6.3). */
    public int hops() {
        return hops;
    }

    /** Octets seen. */
    public long size() {
        return size;
    }
}
