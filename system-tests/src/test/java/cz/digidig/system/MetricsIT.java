package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Grafana's dashboard and Prometheus' alerts ask for metrics that the services really show. */
@ExtendWith(SuiteExtension.class)
class MetricsIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    /** What Prometheus adds to every sample. */
    private static final Set<String> ADDED = Set.of("job", "instance", "service");

    private final Suite suite;

    MetricsIT(Suite suite) {
        this.suite = suite;
    }

    /** Once all that is counted has happened: mail in, mail read, mail to elsewhere tried. */
    private Map<String, Set<String>> shown() throws IOException, InterruptedException {
        Account account = suite.newAccount();
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            byte[] message = Messages.simple("a@elsewhere.example", account.address(), "metrics");
            assertThat(smtp.send("a@elsewhere.example", account.address(), message)
                            .code())
                    .isEqualTo(250);
        }
        try (ImapClient imap = suite.imap(account)) {
            imap.select("INBOX");
        }
        try (SmtpClient smtp = suite.smtp(Port.SUBMISSIONS)) {
            smtp.login(account.address(), account.password());
            byte[] message = Messages.simple(account.address(), "nobody@digidig.invalid", "metrics");
            smtp.send(account.address(), "nobody@digidig.invalid", message);
        }
        Awaitility.await().atMost(LIMIT).until(() -> scrape(Service.SMTP).contains("digidig_smtp_outbound_total"));
        Map<String, Set<String>> names = new HashMap<>();
        names.put("up", new TreeSet<>());
        for (Service service : Service.values()) {
            MetricNames.shown(scrape(service))
                    .forEach((name, labels) ->
                            names.computeIfAbsent(name, _ -> new HashSet<>()).addAll(labels));
        }
        return names;
    }

    private String scrape(Service service) throws IOException, InterruptedException {
        return suite.rest(service, suite.admin()).get("/actuator/prometheus").text();
    }

    private static List<String> dashboard() throws IOException {
        List<String> expressions = new ArrayList<>();
        JsonNode tree =
                JsonMapper.shared().readTree(Files.readString(Checkout.path("observability/grafana/digidig.json")));
        for (JsonNode panel : tree.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                expressions.add(target.get("expr").asString());
            }
        }
        return expressions;
    }

    private static List<Map<?, ?>> rules() throws IOException {
        Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Checkout.path("observability/alerts.yml")));
        List<Map<?, ?>> rules = new ArrayList<>();
        for (Map<?, ?> group : maps(file.get("groups"))) {
            rules.addAll(maps(group.get("rules")));
        }
        return rules;
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> elements) {
            elements.forEach(element -> maps.add((Map<?, ?>) element));
        }
        return maps;
    }

    private static String text(Map<?, ?> rule, String map, String name) {
        return rule.get(map) instanceof Map<?, ?> inner ? String.valueOf(inner.get(name)) : "";
    }

    @Test
    void dashboardAndAlertsAskForWhatThereIs() throws IOException, InterruptedException {
        List<String> expressions = new ArrayList<>(dashboard());
        assertThat(expressions).hasSizeGreaterThan(15);
        rules().forEach(rule -> expressions.add(String.valueOf(rule.get("expr"))));
        Map<String, Set<String>> shown = shown();
        for (String expression : expressions) {
            Map<String, Set<String>> asked = MetricNames.asked(expression);
            assertThat(asked).as(expression).isNotEmpty();
            asked.forEach((name, labels) -> {
                assertThat(shown).as(expression).containsKey(name);
                Set<String> own = new TreeSet<>(labels);
                own.removeAll(ADDED);
                assertThat(shown.getOrDefault(name, Set.of())).as(expression).containsAll(own);
            });
        }
    }

    @Test
    void alertsAreOfPrometheusForm() throws IOException {
        List<Map<?, ?>> rules = rules();
        assertThat(rules).hasSizeGreaterThan(8);
        assertThat(rules.stream().map(rule -> rule.get("alert"))).doesNotHaveDuplicates();
        for (Map<?, ?> rule : rules) {
            assertThat(rule.keySet().stream().map(String::valueOf).toList())
                    .as("%s", rule)
                    .containsExactlyInAnyOrder("alert", "expr", "for", "labels", "annotations");
            assertThat(String.valueOf(rule.get("for"))).matches("\\d+[smh]");
            assertThat(text(rule, "labels", "severity")).isIn("warning", "critical");
            assertThat(text(rule, "annotations", "summary")).isNotBlank().isNotEqualTo("null");
        }
    }

    @Test
    void everyServiceIsScraped() throws IOException {
        String settings = Files.readString(Checkout.path("observability/prometheus.yml"));
        for (Service service : Service.values()) {
            assertThat(settings).contains("\"" + service.title() + ":");
        }
    }

    @Test
    void theCertificatesEndIsShownInSeconds() throws IOException, InterruptedException {
        for (Service service : List.of(Service.SMTP, Service.IMAP)) {
            Matcher sample = Pattern.compile("(?m)^digidig_tls_certificate_expiry_seconds(?:\\{.*})? (\\S+)$")
                    .matcher(scrape(service));
            assertThat(sample.find()).as(service.title()).isTrue();
            Instant end = Instant.ofEpochSecond((long) Double.parseDouble(sample.group(1)));
            assertThat(end)
                    .isAfter(Instant.parse("2026-01-01T00:00:00Z"))
                    .isBefore(Instant.parse("2100-01-01T00:00:00Z"));
        }
    }
}
