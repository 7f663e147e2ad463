package cz.digidig.storage.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Each three characters in a row that texts have, once. A text is followed by two characters that none has, so that its
 * last one and two begin a trigram too: whatever one, two or three characters are in a text, a trigram begins with them.
 */
final class Trigrams extends TokenStream {
    static final int LENGTH = 3;
    private static final int BITS = 21;
    private static final long MASK = (1L << BITS) - 1;
    private static final int SMALLEST = 256;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private long[] seen = new long[SMALLEST];
    private long[] found = new long[SMALLEST / 2];
    private int count;
    private int next;

    Trigrams(List<String> texts) {
        for (String text : texts) {
            collect(text);
        }
    }

    private void collect(String text) {
        long window = 0;
        int characters = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            window = push(window, c);
            if (++characters >= LENGTH) {
                add(window);
            }
        }
        for (int i = 0; i < LENGTH - 1; i++) {
            window = push(window, 0);
            if (++characters >= LENGTH) {
                add(window);
            }
        }
    }

    /** Half a surrogate pair is a question mark, as it is in octets. */
    private static long push(long window, int c) {
        int character = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c;
        return ((window << BITS) | character) & ((1L << (LENGTH * BITS)) - 1);
    }

    private void add(long trigram) {
        int mask = seen.length - 1;
        int slot = slot(trigram, mask);
        // A trigram is never 0: at least its first character is one of the text.
        while (seen[slot] != 0) {
            if (seen[slot] == trigram) {
                return;
            }
            slot = (slot + 1) & mask;
        }
        seen[slot] = trigram;
        found[count++] = trigram;
        if (count == found.length) {
            grow();
        }
    }

    private static int slot(long trigram, int mask) {
        return (int) ((trigram * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    }

    private void grow() {
        long[] larger = new long[2 * seen.length];
        int mask = larger.length - 1;
        for (int i = 0; i < count; i++) {
            int slot = slot(found[i], mask);
            while (larger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            larger[slot] = found[i];
        }
        seen = larger;
        found = Arrays.copyOf(found, larger.length / 2);
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        if (next == count) {
            return false;
        }
        append(found[next++], term);
        return true;
    }

    private static void append(long trigram, CharTermAttribute term) {
        for (int shift = (LENGTH - 1) * BITS; shift >= 0; shift -= BITS) {
            int c = (int) ((trigram >>> shift) & MASK);
            if (Character.isBmpCodePoint(c)) {
                term.append((char) c);
            } else {
                term.append(Character.highSurrogate(c)).append(Character.lowSurrogate(c));
            }
        }
    }

    /** The trigrams that a text must have to hold another; empty: that one is too short. */
    static List<String> within(String text) {
        int[] characters = text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c)
                .toArray();
        List<String> trigrams = new ArrayList<>();
        for (int i = 0; i + LENGTH <= characters.length; i++) {
            trigrams.add(new String(characters, i, LENGTH));
        }
        return trigrams;
    }
}
