package cz.digidig.storage.blob;

import com.github.luben.zstd.Zstd;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Octets ready to be stored.
 *
 * @param id the SHA-256 of the content, in hexadecimal
 * @param size octets of the content
 * @param parts the content in pieces of {@link #PART} octets, each compressed alone; at least one
 */
public record Blob(String id, long size, List<byte[]> parts) {
    /** So many octets of content are in a part; a read touches only the parts that it needs. */
    static final int PART = 4 << 20;

    private static final int LEVEL = 1;

    /** Compresses; of much data at once this takes noticeable time. */
    public static Blob of(byte[] octets) {
        List<byte[]> parts = new ArrayList<>(1 + octets.length / PART);
        int start = 0;
        do {
            int end = Math.min(octets.length, start + PART);
            byte[] part = start == 0 && end == octets.length ? octets : Arrays.copyOfRange(octets, start, end);
            parts.add(Zstd.compress(part, LEVEL));
            start = end;
        } while (start < octets.length);
        return new Blob(sha256(octets), octets.length, parts);
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
