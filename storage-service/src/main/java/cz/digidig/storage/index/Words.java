package cz.digidig.storage.index;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts folded text into words: letters and digits in a row. Where writing has no spaces between words, and for symbols
 * (emoji, currencies), each character is a word. Every word is a piece of the text as it stands there.
 */
public final class Words {
    /** A longer one is several. */
    static final int MOST_LENGTH = 64;

    private static final int SEPARATOR = 0;
    private static final int LETTER = 1;
    private static final int ALONE = 2;

    private final CharSequence text;
    private int start;
    private int end;

    public Words(CharSequence text) {
        this.text = text;
    }

    /** All words of a text. */
    public static List<String> of(CharSequence text) {
        List<String> found = new ArrayList<>();
        Words words = new Words(text);
        while (words.next()) {
            found.add(words.word());
        }
        return found;
    }

    /** Goes to the next word; false: there is none. */
    public boolean next() {
        int length = text.length();
        int at = end;
        while (at < length) {
            int c = Character.codePointAt(text, at);
            int kind = kind(c);
            if (kind != SEPARATOR) {
                start = at;
                end = at + Character.charCount(c);
                if (kind == LETTER) {
                    extend();
                }
                return true;
            }
            at += Character.charCount(c);
        }
        end = length;
        return false;
    }

    private void extend() {
        int length = text.length();
        while (end < length) {
            int c = Character.codePointAt(text, end);
            int next = end + Character.charCount(c);
            if (kind(c) != LETTER || next - start > MOST_LENGTH) {
                return;
            }
            end = next;
        }
    }

    /** Where the word begins in the text. */
    public int start() {
        return start;
    }

    /** Behind its last character. */
    public int end() {
        return end;
    }

    public String word() {
        return text.subSequence(start, end).toString();
    }

    private static int kind(int c) {
        if (c < 128) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ? LETTER : SEPARATOR;
        }
        return switch (Character.getType(c)) {
            case Character.OTHER_LETTER -> spaceless(c) ? ALONE : LETTER;
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK -> LETTER;
            case Character.OTHER_SYMBOL, Character.CURRENCY_SYMBOL -> ALONE;
            default -> SEPARATOR;
        };
    }

    private static boolean spaceless(int c) {
        if (Character.isIdeographic(c)) {
            return true;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
