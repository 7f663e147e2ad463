package cz.digidig.smtp.mailauth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.dns.DnsTable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The openspf suite for RFC 7208, in the folder that {@code -Ddigidig.standards=FOLDER} names. */
@EnabledIfSystemProperty(named = "digidig.standards", matches = ".+")
class SpfSuiteTest {
    private static final String DEFAULT = "DEFAULT";

    /** Everything is text: {@code 1234::1} is no number. */
    private static final class TextOnly extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<");
        }
    }

    @Test
    void everyCase() throws IOException {
        String text = Files.readString(
                Path.of(System.getProperty("digidig.standards")).resolve("spf/rfc7208-tests.yml"));
        DumperOptions dump = new DumperOptions();
        Yaml yaml = new Yaml(
                new SafeConstructor(new LoaderOptions()),
                new Representer(dump),
                dump,
                new LoaderOptions(),
                new TextOnly());
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (Object document : yaml.loadAll(text)) {
            Map<?, ?> scenario = (Map<?, ?>) document;
            DnsTable dns = zone(map(scenario, "zonedata"));
            for (Map.Entry<?, ?> test : map(scenario, "tests").entrySet()) {
                cases++;
                String problem = problem((Map<?, ?>) test.getValue(), dns);
                if (!problem.isEmpty()) {
                    wrong.add(test.getKey() + ": " + problem);
                }
            }
        }
        System.out.printf("SPF, RFC 7208: %d cases%n", cases);
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThan(100);
    }

    private static String problem(Map<?, ?> test, DnsTable dns) {
        String sender = text(test.get("mailfrom"));
        String hello = text(test.get("helo"));
        int at = sender.lastIndexOf('@');
        SpfResult result = SpfCheck.evaluate(
                new SpfQuery(
                        InetAddress.ofLiteral(text(test.get("host"))),
                        sender.substring(0, Math.max(0, at)),
                        sender.isEmpty() ? hello : sender.substring(at + 1),
                        hello,
                        "receiver.example",
                        Instant.EPOCH),
                dns);
        List<String> allowed = texts(test.get("result"));
        if (!allowed.contains(result.word())) {
            return "expected %s, got %s".formatted(allowed, result);
        }
        String explanation = text(test.get("explanation"));
        boolean said =
                explanation.isEmpty() || result.explanation().equals(explanation.equals(DEFAULT) ? "" : explanation);
        return said ? "" : "expected '%s', got '%s'".formatted(explanation, result.explanation());
    }

    private static DnsTable zone(Map<?, ?> data) {
        DnsTable dns = new DnsTable();
        data.forEach((name, records) -> {
            boolean hasText = ((List<?>) records).stream().anyMatch(SpfSuiteTest::isText);
            for (Object record : (List<?>) records) {
                add(dns, name.toString(), record, hasText);
            }
        });
        return dns;
    }

    private static boolean isText(Object record) {
        return record instanceof Map<?, ?> map && map.containsKey("TXT");
    }

    private static void add(DnsTable dns, String name, Object record, boolean hasText) {
        if (!(record instanceof Map<?, ?> map)) {
            dns.silent(name);
            return;
        }
        map.forEach((type, value) -> {
            switch (type.toString().toUpperCase(Locale.ROOT)) {
                case "SPF" -> {
                    if (!hasText) {
                        dns.text(name, String.join("", texts(value)));
                    }
                }
                case "TXT" -> {
                    if (!"NONE".equals(value)) {
                        dns.text(name, String.join("", texts(value)));
                    }
                }
                case "A", "AAAA" -> dns.address(name, text(value));
                case "MX" ->
                    dns.exchange(
                            name,
                            Integer.parseInt(texts(value).get(0)),
                            texts(value).get(1));
                case "PTR" -> dns.pointerAt(name, text(value));
                case "CNAME" -> dns.alias(name, text(value));
                default -> throw new IllegalArgumentException("record " + type);
            }
        });
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of(text(value));
    }

    private static Map<?, ?> map(Map<?, ?> of, String key) {
        return (Map<?, ?>) Objects.requireNonNull(of.get(key), key);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
