package cz.digidig.client.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Takes a message's size and digest, and keeps its beginning. */
final class Measure extends OutputStream {
    private static final int MOST_KEPT = 64 << 10;
    private static final int FIRST_KEPT = 4 << 10;

    private final MessageDigest digest = sha256();
    private final long most;
    private long size;
    private byte[] beginning = new byte[FIRST_KEPT];
    private int kept;

    /** Measures up to a size. */
    Measure(long most) {
        this.most = most;
    }

    /** A message that is larger than one may be. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
        digest.update(octets, from, count);
        size += count;
        int wanted = Math.min(count, MOST_KEPT - kept);
        if (kept + wanted > beginning.length) {
            beginning = Arrays.copyOf(beginning, Math.min(MOST_KEPT, 2 * (kept + wanted)));
        }
        System.arraycopy(octets, from, beginning, kept, wanted);
        kept += wanted;
        if (size > most) {
            throw new TooLarge();
        }
    }

    long size() {
        return size;
    }

    /** Of all that was written; asked for once. */
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The first octets, as characters. */
    String beginning() {
        return new String(beginning, 0, kept, ISO_8859_1);
    }
}
