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

/** The words of a service's pages: none is missing in a language, and none is there that no page uses. */
@NullMarked
public final class MessageRules {
    private static final Path OWN = Path.of("src/main");
    private static final Path COMMON = Path.of("../common-lib/src/main");
    private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([a-z][A-Za-z0-9._-]*)");
    private static final Pattern BY_MSG = Pattern.compile("#messages\\.msg\\('([^']+)'");
    private static final Pattern BY_PREFIX = Pattern.compile("#\\{\\|([a-z.-]+)\\$\\{");
    private static final Pattern IN_CODE = Pattern.compile("\"([a-z]+(?:\\.[a-zA-Z0-9-]+)+)\"");
    private static final Pattern PREFIX_IN_CODE = Pattern.compile("\"([a-z]+(?:\\.[a-z-]+)*\\.)\" \\+");

    private MessageRules() {}

    /** Fails unless English and Czech have the same keys, all that templates name are there, and all that are there are named. */
    public static void check() throws IOException {
        Set<String> own = keys(OWN, "pages");
        assertThat(keys(OWN, "pages_cs")).isEqualTo(own);
        List<String> sources = sources(OWN);
        Set<String> known = new TreeSet<>(own);
        known.addAll(keys(COMMON, "layout"));
        assertThat(known).containsAll(found(sources, IN_TEMPLATE, BY_MSG));
        Set<String> used = found(sources, IN_TEMPLATE, BY_MSG, IN_CODE);
        Set<String> prefixes = found(sources, BY_PREFIX, PREFIX_IN_CODE);
        assertThat(own.stream()
                        .filter(key -> !used.contains(key) && prefixes.stream().noneMatch(key::startsWith))
                        .collect(Collectors.toSet()))
                .as("keys that no page uses")
                .isEmpty();
    }

    private static Set<String> keys(Path main, String bundle) throws IOException {
        Properties words = new Properties();
        try (Reader reader = Files.newBufferedReader(main.resolve("resources/messages/" + bundle + ".properties"))) {
            words.load(reader);
        }
        return words.stringPropertyNames();
    }

    private static List<String> sources(Path main) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(main)) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(html|java)"))
                    .toList()) {
                texts.add(Files.readString(file));
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
