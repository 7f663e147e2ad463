package cz.digidig.identity.dkim;

import java.util.Set;

/** Names for keys: the algorithm's letter, the year, then a, b, ... z, aa, ab, ... */
final class Selectors {
    private static final int LETTERS = 26;

    private Selectors() {}

    /** The ending that is free for every algorithm, so that keys made together are named alike. */
    static String ending(int year, Set<String> taken) {
        for (int count = 0; ; count++) {
            String ending = year + letters(count);
            boolean free = true;
            for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
                free &= !taken.contains(algorithm.selectorPrefix() + ending);
            }
            if (free) {
                return ending;
            }
        }
    }

    private static String letters(int count) {
        String last = String.valueOf((char) ('a' + count % LETTERS));
        return count < LETTERS ? last : letters(count / LETTERS - 1) + last;
    }
}
