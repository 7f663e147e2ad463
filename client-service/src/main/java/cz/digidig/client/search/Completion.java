package cz.digidig.client.search;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What may stand in the place of the word that is being typed.
 *
 * @param query what the search field is to hold with it
 * @param term what stands for the word
 * @param meaning in words; of an operator the key of these
 * @param operator whether it is one
 */
public record Completion(String query, String term, String meaning, boolean operator) {
    private static final List<String> TERMS = List.of(
            "from:",
            "to:",
            "subject:",
            "has:attachment",
            "is:unread",
            "is:flagged",
            "is:answered",
            "in:",
            "before:",
            "after:",
            "filename:",
            "larger:");

    /**
     * The word that is being typed.
     *
     * @param before what stands before it
     * @param operator with its colon; empty: none
     * @param value what follows the operator, without a quote that opens it
     */
    record Word(String before, String operator, String value) {
        static Word last(String query) {
            int start = 0;
            boolean quoted = false;
            for (int i = 0; i < query.length(); i++) {
                char c = query.charAt(i);
                quoted ^= c == '"';
                if (!quoted && (Character.isWhitespace(c) || c == '(')) {
                    start = i + 1;
                }
            }
            if (query.startsWith("-", start)) {
                start++;
            }
            String word = query.substring(start);
            int colon = word.indexOf(':');
            return new Word(
                    query.substring(0, start),
                    word.substring(0, colon + 1).toLowerCase(Locale.ROOT),
                    word.substring(colon + 1).replace("\"", ""));
        }

        Completion with(String term, String meaning) {
            return new Completion(before + term + " ", term, meaning, false);
        }
    }

    /** Operators that begin with the word; all of them where nothing is typed yet. */
    static Stream<Completion> operators(Word word) {
        String typed = word.operator() + word.value().toLowerCase(Locale.ROOT);
        return TERMS.stream()
                .filter(term -> term.startsWith(typed) && !term.equals(typed))
                .map(term -> new Completion(
                        word.before() + term + (term.endsWith(":") ? "" : " "), term, term.replace(":", ""), true));
    }
}
