package cz.digidig.storage.mime;

import java.text.Normalizer;

/**
 * Brings text into the form in which it is compared: NFC, one case, each run of white space and control characters one
 * space. Folding twice is folding once.
 */
public final class CaseFold {
    private static final int ASCII = 128;

    private CaseFold() {}

    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        append(text, folded);
        return folded.toString();
    }

    /** Appends the folded text; white space is not doubled against what is there already. */
    static void append(CharSequence text, StringBuilder folded) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                int from = Math.max(0, i - 1);
                // The letter before may combine with what follows: fold it again.
                if (from < i && text.charAt(from) > ' ' && !folded.isEmpty()) {
                    folded.setLength(folded.length() - 1);
                } else {
                    from = i;
                }
                appendUnicode(text.subSequence(from, length).toString(), folded);
                return;
            }
            appendChar(c, folded);
        }
    }

    private static void appendUnicode(String text, StringBuilder folded) {
        String composed = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder lower = new StringBuilder(composed.length());
        for (int i = 0; i < composed.length(); ) {
            int c = composed.codePointAt(i);
            i += Character.charCount(c);
            if (c < ASCII) {
                appendChar((char) c, lower);
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                appendChar(' ', lower);
            } else if (c == 'ß' || c == 'ẞ') {
                lower.append("ss");
            } else if (!ignorable(c)) {
                lower.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c)));
            }
        }
        // Case mapping may leave something that composes further.
        String result = Normalizer.isNormalized(lower, Normalizer.Form.NFC)
                ? lower.toString()
                : Normalizer.normalize(lower, Normalizer.Form.NFC);
        boolean doubled = !folded.isEmpty() && folded.charAt(folded.length() - 1) == ' ' && result.startsWith(" ");
        folded.append(result, doubled ? 1 : 0, result.length());
    }

    /** Soft hyphen, zero-width space, joiners, byte order mark: not seen, so not looked for. */
    private static boolean ignorable(int c) {
        return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
    }

    private static void appendChar(char c, StringBuilder folded) {
        if (c <= ' ' || c == 0x7F) {
            int length = folded.length();
            if (length == 0 || folded.charAt(length - 1) != ' ') {
                folded.append(' ');
            }
        } else {
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
    }
}
