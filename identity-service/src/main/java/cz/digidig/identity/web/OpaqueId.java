package cz.digidig.identity.web;

import java.security.SecureRandom;

/**
 * Makes ids: 26 characters, letters and digits in lower case. The first ten hold the time in milliseconds, so ids made
 * later sort later and stay together in an index; the rest is random.
 */
public final class OpaqueId {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private OpaqueId() {}

    /** A new id for something made at this time (milliseconds since 1970). */
    public static String at(long milliseconds) {
        char[] id = new char[26];
        for (int i = 0; i < 10; i++) {
            id[i] = ALPHABET[(int) (milliseconds >>> (45 - 5 * i)) & 31];
        }
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        for (int i = 0; i < 16; i++) {
            id[10 + i] = ALPHABET[random[i] & 31];
        }
        return new String(id);
    }
}
