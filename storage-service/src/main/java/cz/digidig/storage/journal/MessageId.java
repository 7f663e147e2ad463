package cz.digidig.storage.journal;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A random identifier of 128 bits that begins with the time, so that new ones lie together in an index. Its text form is
 * 22 letters of base64url's set, in an order that follows the value's.
 */
public record MessageId(long high, long low) {
    private static final String LETTERS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 22;
    private static final byte[] VALUES = values();
    private static final SecureRandom RANDOM = new SecureRandom();

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < LETTERS.length(); i++) {
            values[LETTERS.charAt(i)] = (byte) i;
        }
        return values;
    }

    /** A new one. */
    public static MessageId create(long nowMillis) {
        return new MessageId((nowMillis << 16) | (RANDOM.nextLong() & 0xFFFF), RANDOM.nextLong());
    }

    /** Whether a text is one. */
    public static boolean isValid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            if (c >= VALUES.length || VALUES[c] < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static MessageId parse(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not an id");
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            high = (high << 6) | (low >>> 58);
            low = (low << 6) | VALUES[text.charAt(i)];
        }
        return new MessageId(high, low);
    }

    /** When it was made, milliseconds since 1970 UTC. */
    public long millis() {
        return high >>> 16;
    }

    @Override
    public String toString() {
        char[] text = new char[LENGTH];
        long h = high;
        long l = low;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = LETTERS.charAt((int) (l & 63));
            l = (l >>> 6) | (h << 58);
            h >>>= 6;
        }
        return new String(text);
    }
}
