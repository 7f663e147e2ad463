package cz.digidig.storage.index;

import java.util.List;

/** What the index can tell of a message's text. Texts and words are folded ({@link cz.digidig.storage.mime.CaseFold}). */
public sealed interface TextCondition {
    /**
     * One of the regions has a text, at any place.
     *
     * @param text not empty
     */
    record Contains(List<Region> regions, String text) implements TextCondition {}

    /**
     * A field's value has a text.
     *
     * @param name in lower case
     * @param text not empty
     */
    record HeaderContains(String name, String text) implements TextCondition {}

    /**
     * There is a field of this name.
     *
     * @param name in lower case
     */
    record HasHeader(String name) implements TextCondition {}

    /** The day of the Date field, in days since 1970, both included. */
    record SentBetween(long first, long last) implements TextCondition {}

    /**
     * One of the regions has words, one behind the other.
     *
     * @param words as {@link Words} cuts them, at least one
     * @param open the last one may go on
     */
    record HasWords(List<Region> regions, List<String> words, boolean open) implements TextCondition {
        /** A word that may go on has at least these characters; shorter ones stand for themselves. */
        private static final int SHORTEST = 2;

        boolean goesOn() {
            String last = words.getLast();
            return open && last.codePointCount(0, last.length()) >= SHORTEST;
        }

        /** Whether a word may stand for the last one. */
        public boolean matchesLast(String word) {
            return goesOn() ? word.startsWith(words.getLast()) : word.equals(words.getLast());
        }
    }
}
