package cz.digidig.identity.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Random text that proves something by being known, and the hash by which it is kept: it can't be guessed, so SHA-256 will do. */
public final class SecretText {
    private static final char[] ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretText() {}

    /** So many letters and digits that aren't mistaken for one another; each is worth 5 bits. */
    public static String random(int length) {
        byte[] random = new byte[length];
        RANDOM.nextBytes(random);
        StringBuilder text = new StringBuilder(length);
        for (byte one : random) {
            text.append(ALPHABET[one & 31]);
        }
        return text.toString();
    }

    /** The same with a hyphen after each group. */
    public static String grouped(int groups, int length) {
        StringBuilder text = new StringBuilder(random(length));
        for (int i = 1; i < groups; i++) {
            text.append('-').append(random(length));
        }
        return text.toString();
    }

    public static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is in every JDK", missing);
        }
    }
}
