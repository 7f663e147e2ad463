package cz.digidig.apidocs.search;

import cz.digidig.apidocs.guide.Guide;
import cz.digidig.apidocs.guide.Guides;
import cz.digidig.apidocs.operation.Operation;
import cz.digidig.apidocs.operation.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.springframework.stereotype.Component;

/** Finds operations and guides by words; the beginning of a word is enough. */
@Component
class Finds {
    private static final int MOST = 60;
    private static final int EXCERPT = 180;
    private static final int WHOLE_TITLE = 100;
    private static final Set<String> FILLERS =
            Set.of("a", "an", "the", "to", "of", "in", "by", "for", "and", "or", "with", "how", "do", "i", "my");

    private final Operations operations;
    private final Guides guides;

    /**
     * Something that was found.
     *
     * @param address of its page
     * @param kind what to write before it: a method, or empty for a guide
     * @param place where it stands: a path, or empty for a guide
     */
    record Find(String address, String kind, String title, String place, String text, int weight) {}

    Finds(Operations operations, Guides guides) {
        this.operations = operations;
        this.guides = guides;
    }

    /** The best first; nothing for a question without words. */
    List<Find> of(String question) {
        List<String> words = Arrays.stream(question.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}/-]+"))
                .filter(word -> !word.isEmpty() && !FILLERS.contains(word))
                .limit(8)
                .toList();
        List<Find> finds = new ArrayList<>();
        if (!words.isEmpty()) {
            guides.all()
                    .forEach(guide ->
                            add(finds, guide(guide, weight(guide.title(), words, word -> weight(guide, word)))));
            operations
                    .all()
                    .forEach(operation -> add(
                            finds,
                            operation(operation, weight(operation.summary(), words, word -> weight(operation, word)))));
        }
        finds.sort(Comparator.comparingInt(Find::weight).reversed().thenComparing(Find::title));
        return finds.subList(0, Math.min(MOST, finds.size()));
    }

    private static void add(List<Find> finds, Find find) {
        if (find.weight() > 0) {
            finds.add(find);
        }
    }

    /** Every word must be there. A title that has them all is what was meant. */
    private static int weight(String title, List<String> words, ToIntFunction<String> ofWord) {
        int sum = 0;
        for (String word : words) {
            int one = ofWord.applyAsInt(word);
            if (one == 0) {
                return 0;
            }
            sum += one;
        }
        return words.stream().allMatch(word -> hits(title, word) > 0) ? sum + WHOLE_TITLE : sum;
    }

    private static int weight(Operation operation, String word) {
        return 8 * hits(operation.summary(), word)
                + 6 * hits(spaced(operation.id()), word)
                + 4 * hits(operation.tag(), word)
                + 3 * hits(operation.path(), word)
                + hits(operation.description(), word);
    }

    private static int weight(Guide guide, String word) {
        return 12 * hits(guide.title(), word) + Math.min(5, hits(guide.text(), word));
    }

    /** {@code sendMessage} in words. */
    private static String spaced(String id) {
        return id.replaceAll("([a-z])([A-Z])", "$1 $2");
    }

    private static int hits(String text, String word) {
        int hits = 0;
        String lower = text.toLowerCase(Locale.ROOT);
        for (int at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(lower.charAt(at - 1))) {
                hits++;
            }
        }
        return hits;
    }

    private static Find operation(Operation operation, int weight) {
        return new Find(
                "/reference/" + operation.service() + "/" + operation.id(),
                operation.method(),
                operation.summary(),
                operation.path(),
                operation.description(),
                weight);
    }

    private static Find guide(Guide guide, int weight) {
        String text = guide.text().replaceAll("\\s+", " ");
        String excerpt = text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
        return new Find("/guides/" + guide.name(), "", guide.title(), "", excerpt, weight);
    }
}
