package cz.digidig.identity;

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
import org.junit.jupiter.api.Test;

/** No message is missing in a language, and none is there that no page uses. */
class MessagesTest {
    private static final Path OWN = Path.of("src/main");
    private static final Path COMMON = Path.of("../common-lib/src/main");
    private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([a-z][A-Za-z0-9._-]*)");
    private static final Pattern BY_MSG = Pattern.compile("#messages\\.msg\\('([^']+[^.'])'");
    private static final Pattern BY_PREFIX = Pattern.compile("#\\{\\|([a-z.-]+)\\$\\{");
    private static final Pattern BY_PREFIX_OF_MSG = Pattern.compile("#messages\\.msg\\('([^']+\\.)' \\+");
    private static final Pattern IN_CODE = Pattern.compile("\"([a-z-]+(?:\\.[a-zA-Z0-9-]+)+)\"");
    private static final Pattern PREFIX_IN_CODE = Pattern.compile("\"([a-z-]+(?:\\.[a-z-]+)*\\.)\" \\+");

    private static Properties bundle(Path main, String name) throws IOException {
        Properties bundle = new Properties();
        try (Reader reader = Files.newBufferedReader(main.resolve("resources/messages/" + name + ".properties"))) {
            bundle.load(reader);
        }
        return bundle;
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

    @Test
    void bothLanguagesHaveTheSameKeys() throws IOException {
        assertThat(bundle(OWN, "pages_cs").stringPropertyNames())
                .isEqualTo(bundle(OWN, "pages").stringPropertyNames());
        assertThat(bundle(COMMON, "layout_cs").stringPropertyNames())
                .isEqualTo(bundle(COMMON, "layout").stringPropertyNames());
    }

    @Test
    void everyKeyOfAPageIsThere() throws IOException {
        Set<String> keys = new TreeSet<>(bundle(OWN, "pages").stringPropertyNames());
        keys.addAll(bundle(COMMON, "layout").stringPropertyNames());
        List<String> sources = sources(OWN);
        sources.addAll(sources(COMMON));
        assertThat(keys).containsAll(found(sources, IN_TEMPLATE, BY_MSG));
        Set<String> prefixes =
                keys.stream().map(key -> key.substring(0, key.indexOf('.'))).collect(Collectors.toSet());
        Set<String> inCode = found(sources(OWN.resolve("java/cz/digidig/identity")), IN_CODE).stream()
                .filter(key -> prefixes.contains(key.substring(0, key.indexOf('.')))
                        && !key.startsWith("admin.")
                        && !key.matches(".*\\.(csv|zone)"))
                .collect(Collectors.toSet());
        assertThat(keys).containsAll(inCode);
    }

    @Test
    void noKeyIsUnused() throws IOException {
        for (String[] bundle : new String[][] {{"pages"}, {"layout"}}) {
            Path main = bundle[0].equals("pages") ? OWN : COMMON;
            List<String> sources = sources(OWN);
            sources.addAll(sources(COMMON));
            Set<String> used = found(sources, IN_TEMPLATE, BY_MSG, IN_CODE);
            Set<String> prefixes = found(sources, BY_PREFIX, BY_PREFIX_OF_MSG, PREFIX_IN_CODE);
            assertThat(bundle(main, bundle[0]).stringPropertyNames().stream()
                            .filter(key ->
                                    !used.contains(key) && prefixes.stream().noneMatch(key::startsWith)))
                    .isEmpty();
        }
    }
}
