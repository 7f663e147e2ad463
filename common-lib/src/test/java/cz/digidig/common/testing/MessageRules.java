package cz.digidig.common.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;

/** The words of a service's pages: none is missing in a language, and none is there that no page uses. */
@NullMarked
public final class MessageRules {
    private static final Path OWN = Path.of("src/main");
    private static final Path COMMON = Path.of("../common-lib/src/main");
    private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([a-z][A-Za-z0-9._-]*)");
    private static final Pattern BY_MSG = Pattern.compile("#messages\\.msg\\('([^']+[^.'])'");
    private static final Pattern BY_PREFIX = Pattern.compile("#\\{\\|([a-z.-]+)\\$\\{");
    private static final Pattern BY_PREFIX_OF_MSG = Pattern.compile("#messages\\.msg\\('([^']+\\.)' \\+");
    private static final Pattern IN_CODE = Pattern.compile("\"([a-z-]+(?:\\.[a-zA-Z0-9-]+)+)\"");
    private static final Pattern PREFIX_IN_CODE = Pattern.compile("\"([a-z-]+(?:\\.[a-z-]+)*\\.)\" \\+");

    private MessageRules() {}

    /**
     * The rules, each a test of its own.
     *
     * @param others what looks like a key in the module's code and is none: patterns
     */
    public static Stream<DynamicTest> of(String... others) {
        return Stream.of(
                DynamicTest.dynamicTest("both languages have the same keys", MessageRules::sameKeys),
                DynamicTest.dynamicTest("every key of a page is there", () -> allThere(List.of(others))),
                DynamicTest.dynamicTest("no key is unused", MessageRules::allUsed));
    }

    private static void sameKeys() throws IOException {
        assertThat(keys(OWN, "pages_cs")).isEqualTo(keys(OWN, "pages"));
        assertThat(keys(COMMON, "layout_cs")).isEqualTo(keys(COMMON, "layout"));
    }

    private static void allThere(List<String> others) throws IOException {
        Set<String> keys = new TreeSet<>(keys(OWN, "pages"));
        keys.addAll(keys(COMMON, "layout"));
        assertThat(keys).containsAll(found(sources(OWN, COMMON), IN_TEMPLATE, BY_MSG));
        Set<String> prefixes =
                keys.stream().map(key -> key.substring(0, key.indexOf('.'))).collect(Collectors.toSet());
        assertThat(keys)
                .containsAll(found(sources(OWN.resolve("java")), IN_CODE).stream()
                        .filter(key -> prefixes.contains(key.substring(0, key.indexOf('.')))
                                && others.stream().noneMatch(key::matches))
                        .toList());
    }

    private static void allUsed() throws IOException {
        Set<String> keys = new TreeSet<>(keys(OWN, "pages"));
        keys.addAll(keys(COMMON, "layout"));
        List<String> sources = sources(OWN, COMMON);
        Set<String> used = found(sources, IN_TEMPLATE, BY_MSG, IN_CODE);
        Set<String> prefixes = found(sources, BY_PREFIX, BY_PREFIX_OF_MSG, PREFIX_IN_CODE);
        assertThat(keys.stream()
                        .filter(key -> !used.contains(key) && prefixes.stream().noneMatch(key::startsWith)))
                .isEmpty();
    }

    private static Set<String> keys(Path main, String bundle) throws IOException {
        Properties words = new Properties();
        try (Reader reader = Files.newBufferedReader(main.resolve("resources/messages/" + bundle + ".properties"))) {
            words.load(reader);
        }
        return words.stringPropertyNames();
    }

    private static List<String> sources(Path... folders) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.(html|java)"))
                        .toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static Set<String> found(List<String> sources, Pattern... patterns) {
        Set<String> found = new TreeSet<>();
        for (Pattern pattern : patterns) {
            for (String source : sources) {
                Matcher matcher = pattern.matcher(source);
                while (matcher.find()) {
                    found.add(matcher.group(1));
                }
            }
        }
        return found;
    }
}
