package cz.digidig.smtp.mailauth.dkim;

import java.security.MessageDigest;

/** Hashes a body as it passes, in any pieces, in one of the canonical forms (RFC 6376 §3.4.3, §3.4.4). */
final class BodyHash {
    private static final byte[] CRLF = {'\r', '\n'};

    private final Canonicalization form;
    private final MessageDigest digest;
    private final long most;
    private final byte[] pending = new byte[4096];
    private int filled;
    private long length;
    private long lineEnds;
    private boolean space;
    private boolean afterCr;

    /**
     * Starts at the body's beginning.
     *
     * @param most how many octets of the canonical form are hashed ({@code l=}); {@link Long#MAX_VALUE}: all
     */
    BodyHash(Canonicalization form, HashAlgorithm algorithm, long most) {
        this.form = form;
        this.digest = algorithm.digest();
        this.most = most;
    }

    void feed(byte[] octets, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            byte octet = octets[i];
            if (afterCr) {
                afterCr = false;
                if (octet == '\n') {
                    // Kept back: empty lines at the end don't count, and white space before a line end may not.
                    lineEnds++;
                    space = false;
                    continue;
                }
                text((byte) '\r');
            }
            if (octet == '\r') {
                afterCr = true;
            } else {
                text(octet);
            }
        }
    }

    private void text(byte octet) {
        if (form == Canonicalization.RELAXED && (octet == ' ' || octet == '\t')) {
            space = true;
            return;
        }
        while (lineEnds > 0) {
            lineEnds--;
            put(CRLF[0]);
            put(CRLF[1]);
        }
        if (space) {
            space = false;
            put((byte) ' ');
        }
        put(octet);
    }

    private void put(byte octet) {
        if (length++ < most) {
            pending[filled++] = octet;
            if (filled == pending.length) {
                digest.update(pending);
                filled = 0;
            }
        }
    }

    /** The hash; the body is at its end. */
    byte[] finish() {
        if (afterCr) {
            text((byte) '\r');
            afterCr = false;
        }
        // Without any text the simple form is one CRLF, the relaxed one nothing.
        if (length > 0 || form == Canonicalization.SIMPLE) {
            put(CRLF[0]);
            put(CRLF[1]);
        }
        digest.update(pending, 0, filled);
        return digest.digest();
    }

    /** Octets of the whole canonical form; known when the body is at its end. */
    long length() {
        return length;
    }
}
