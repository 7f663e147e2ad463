package cz.digidig.storage.sweep;

/**
 * A set of random numbers in bounded memory (a Bloom filter): what was added is always found; of what was not, about one
 * in a hundred is found too, others each time. So an error keeps garbage until a later sweep and deletes nothing.
 */
final class Marks {
    private static final int BITS_EACH = 10;
    private static final int PROBES = 7;
    private static final long LEAST = 1 << 16;
    private static final long MOST = 1L << 30;

    private final long[] words;
    private final long mask;
    private final long salt;

    /**
     * @param expected how many will be added
     * @param salt another one for each set
     */
    Marks(long expected, long salt) {
        long bits = Math.clamp(expected * BITS_EACH, LEAST, MOST);
        long size = Long.highestOneBit(bits - 1) << 1;
        this.words = new long[(int) (size >>> 6)];
        this.mask = size - 1;
        this.salt = salt;
    }

    /** Adds a number of 128 random bits. */
    void add(long high, long low) {
        long step = step(high);
        long bit = start(low);
        for (int i = 0; i < PROBES; i++) {
            words[(int) ((bit & mask) >>> 6)] |= 1L << bit;
            bit += step;
        }
    }

    boolean contains(long high, long low) {
        long step = step(high);
        long bit = start(low);
        for (int i = 0; i < PROBES; i++) {
            if ((words[(int) ((bit & mask) >>> 6)] & (1L << bit)) == 0) {
                return false;
            }
            bit += step;
        }
        return true;
    }

    private long start(long low) {
        return mix(low ^ salt);
    }

    private long step(long high) {
        return mix(high + salt) | 1;
    }

    /** Spreads the bits: time-ordered numbers begin alike. */
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 31)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
