package cz.digidig.system;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which metrics and labels a PromQL expression asks for, and which a service shows. */
final class MetricNames {
    private static final Pattern SAMPLE =
            Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? [^ ]+$", Pattern.MULTILINE);
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(?:=~|!~|!=|=)\\s*\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{(?:[^}\"]|\"(?:[^\"\\\\]|\\\\.)*\")*})?\\s*(\\()?");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    private MetricNames() {}

    /** Metrics of an expression with the labels that it matches them by. */
    static Map<String, Set<String>> asked(String expression) {
        // Ranges and plain numbers first, since 1e9 and 5m look like names.
        String bare = GROUPING.matcher(expression)
                .replaceAll(" ")
                .replaceAll("\\[[^]]*]", " ")
                .replaceAll("(?<![a-zA-Z0-9_:\"])[0-9][0-9a-zA-Z.]*(?![^{]*})", " ");
        Map<String, Set<String>> names = new LinkedHashMap<>();
        Matcher selector = SELECTOR.matcher(bare);
        while (selector.find()) {
            String name = selector.group(1);
            if (selector.group(3) == null && !WORDS.contains(name)) {
                names.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(labels(selector.group(2)));
            }
        }
        return names;
    }

    /** Metrics of a scrape (Prometheus' text format) with all labels that they have. */
    static Map<String, Set<String>> shown(String scrape) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        Matcher sample = SAMPLE.matcher(scrape);
        while (sample.find()) {
            names.computeIfAbsent(sample.group(1), _ -> new TreeSet<>()).addAll(labels(sample.group(2)));
        }
        return names;
    }

    private static Set<String> labels(@Nullable String selector) {
        Set<String> labels = new TreeSet<>();
        if (selector != null) {
            Matcher label = LABEL.matcher(selector);
            while (label.find()) {
                labels.add(label.group(1));
            }
        }
        return labels;
    }
}
