package cz.digidig.smtp.server;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.SmtpApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every setting that the schema has: changed and kept over a restart, and with each value that is not allowed refused. */
class EverySettingIT {
    private static final Logger LOG = LoggerFactory.getLogger(EverySettingIT.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** No pattern allows it. */
    private static final String NONSENSE = "\"a b/\\u0007\"";

    /** Where neither a range nor a list of values tells what else is allowed. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            entry("hostname", "\"other.example.org\""),
            entry(
                    "listeners",
                    "[{\"name\":\"only\",\"address\":\"127.0.0.1\",\"port\":0,\"tls\":\"starttls\",\"role\":\"mx\","
                            + "\"proxyProtocol\":true,\"enabled\":false}]"),
            entry("trustedProxies", "[\"192.0.2.0/24\"]"),
            entry("outbound.ehloName", "\"out.example.org\""),
            entry("outbound.sourceIpv4", "\"127.0.0.9\""),
            entry("outbound.sourceIpv6", "\"::1\""),
            entry("outbound.domains", "[{\"domain\":\"a.test\",\"connections\":1,\"messagesPerMinute\":7}]"),
            entry(
                    "smartHosts",
                    "[{\"senderDomains\":[\"a.test\"],\"host\":\"relay.example\",\"port\":587,\"tls\":\"implicit\","
                            + "\"tlsRequired\":true,\"verifyCertificate\":false,\"user\":\"u\",\"password\":\"p\"}]"),
            entry("retry.pauses", "[7,8]"),
            entry("checks.blockLists", "[{\"zone\":\"bl.example\",\"action\":\"junk\",\"answers\":[\"127.0.0.2\"]}]"),
            entry("checks.allowLists", "[\"wl.example\"]"),
            entry("checks.trustedNetworks", "[\"192.0.2.0/24\"]"),
            entry("dnsServers", "[\"192.0.2.53:53\"]"));

    /** Any text will do for these. */
    private static final List<String> FREE = List.of(
            "listeners[0].address",
            "smartHosts[0].senderDomains[0]",
            "smartHosts[0].host",
            "smartHosts[0].user",
            "smartHosts[0].password");

    @TempDir
    Path folder;

    private ConfigurableApplicationContext start() {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
        for (String property : RunningService.Rig.properties(folder, RunningService.Rig.IDENTITY.url())) {
            arguments.add("--" + property);
        }
        return new SpringApplicationBuilder(SmtpApplication.class).run(arguments.toArray(String[]::new));
    }

    private static SettingsClient client(ConfigurableApplicationContext service) {
        return new SettingsClient(
                service.getEnvironment().getRequiredProperty("local.server.port", Integer.class), JSON);
    }

    private Path file() {
        return folder.resolve("data/smtp_config.json");
    }

    /** The settings by their paths: what has no parts of its own, and lists. */
    private static Map<String, JsonNode> settings(JsonNode schema) {
        Map<String, JsonNode> found = new HashMap<>();
        collect("", schema, found);
        return found;
    }

    private static void collect(String path, JsonNode schema, Map<String, JsonNode> found) {
        if (!schema.has("properties")) {
            found.put(path, schema);
            return;
        }
        schema.get("properties")
                .forEachEntry((name, part) -> collect(path.isEmpty() ? name : path + "." + name, part, found));
    }

    private static JsonNode at(JsonNode settings, String path) {
        return settings.at("/" + path.replace('.', '/'));
    }

    /** {@code {"a": {"b": value}}} for {@code a.b}. */
    private static String patch(String path, String value) {
        List<String> names = List.of(path.split("\\."));
        String text = value;
        for (String name : names.reversed()) {
            text = "{\"" + name + "\":" + text + "}";
        }
        return text;
    }

    private static String other(String path, JsonNode schema, JsonNode now) {
        String named = OTHERS.get(path);
        if (named != null) {
            return named;
        }
        if (schema.has("enum")) {
            for (JsonNode value : schema.get("enum")) {
                if (!value.equals(now)) {
                    return value.toString();
                }
            }
        }
        if (now.isBoolean()) {
            return String.valueOf(!now.asBoolean());
        }
        assertThat(schema.has("minimum")).as(path + " has a range").isTrue();
        long least = schema.get("minimum").asLong();
        return String.valueOf(now.asLong() == least ? least + 1 : least);
    }

    /** What is not allowed for a value, by the path that the refusal names. */
    private static Map<String, List<String>> notAllowed(String path, JsonNode schema, @Nullable JsonNode sample) {
        Map<String, List<String>> values = new HashMap<>();
        List<String> own = values.computeIfAbsent(path, _ -> new ArrayList<>());
        if (schema.has("minimum")) {
            own.add(String.valueOf(schema.get("minimum").asLong() - 1));
        }
        if (schema.has("maximum")) {
            own.add(String.valueOf(schema.get("maximum").asLong() + 1));
        }
        boolean list = schema.path("items").isObject();
        if (!FREE.contains(path)) {
            own.add(list ? "7" : NONSENSE);
        }
        if (list && sample != null) {
            JsonNode items = schema.get("items");
            JsonNode first = sample.get(0);
            if (first instanceof ObjectNode whole) {
                items.get("properties")
                        .forEachEntry((name, part) -> notAllowed(path + "[0]." + name, part, whole.get(name))
                                .forEach((field, bad) ->
                                        bad.forEach(value -> values.computeIfAbsent(field, _ -> new ArrayList<>())
                                                .add("[" + whole.deepCopy().set(name, JSON.readTree(value)) + "]"))));
            } else {
                notAllowed(path + "[0]", items, null)
                        .forEach((field, bad) ->
                                bad.forEach(value -> values.computeIfAbsent(field, _ -> new ArrayList<>())
                                        .add("[" + value + "]")));
            }
        }
        return values;
    }

    @Test
    void eachIsChangedRefusedAndKept() throws IOException, InterruptedException {
        JsonNode defaults;
        JsonNode changed;
        int refusals = 0;
        Map<String, JsonNode> all;
        try (ConfigurableApplicationContext service = start();
                SettingsClient client = client(service)) {
            all = settings(client.get("/api/config/schema"));
            defaults = client.get("/api/config");
            for (Map.Entry<String, JsonNode> setting : all.entrySet()) {
                String path = setting.getKey();
                JsonNode before = at(defaults, path);
                String value = other(path, setting.getValue(), before);
                client.change(patch(path, value));
                JsonNode after = at(client.get("/api/config"), path);
                assertThat(after).as(path).isNotEqualTo(before);
                if (!path.equals("smartHosts")) {
                    assertThat(after.toString())
                            .as(path)
                            .isEqualTo(JSON.readTree(value).toString());
                    assertThat(at(JSON.readTree(Files.readString(file())), path).toString())
                            .as(path + " in the file")
                            .isEqualTo(JSON.readTree(value).toString());
                }
                refusals += refuse(client, path, setting.getValue(), JSON.readTree(value));
            }
            changed = client.get("/api/config");
        }
        LOG.info("{} settings changed, {} changes refused", all.size(), refusals);
        try (ConfigurableApplicationContext service = start();
                SettingsClient client = client(service)) {
            assertThat(client.get("/api/config")).as("after a restart").isEqualTo(changed);
        }
        assertThat(FileSystemUtils.deleteRecursively(folder.resolve("data"))).isTrue();
        try (ConfigurableApplicationContext service = start();
                SettingsClient client = client(service)) {
            assertThat(client.get("/api/config")).as("of an emptied folder").isEqualTo(defaults);
            client.change("{\"hostname\":\"good.example.org\"}");
        }
        Files.writeString(file(), "{\"hostname\":");
        try (ConfigurableApplicationContext service = start();
                SettingsClient client = client(service)) {
            assertThat(client.get("/api/config").get("hostname").asString()).isEqualTo("good.example.org");
            assertThat(client.get("/api/health")
                            .at("/dependencies/configuration/status")
                            .asString())
                    .isNotEqualTo("UP");
            try (var files = Files.list(folder.resolve("data"))) {
                assertThat(files.map(found -> String.valueOf(found.getFileName())))
                        .anyMatch(name -> name.startsWith("smtp_config.json.corrupt-"));
            }
        }
    }

    private int refuse(SettingsClient client, String path, JsonNode schema, JsonNode sample)
            throws IOException, InterruptedException {
        int refusals = 0;
        byte[] before = Files.readAllBytes(file());
        for (Map.Entry<String, List<String>> field :
                notAllowed(path, schema, sample).entrySet()) {
            if (!FREE.contains(field.getKey())) {
                assertThat(field.getValue()).as(field.getKey()).isNotEmpty();
            }
            for (String value : field.getValue()) {
                var answer = client.send("PATCH", "/api/config", patch(path, value));
                assertThat(answer.statusCode()).as(field.getKey() + "=" + value).isEqualTo(422);
                assertThat(JSON.readTree(answer.body()).get("errors"))
                        .as(field.getKey() + "=" + value)
                        .anySatisfy(error ->
                                assertThat(error.get("field").asString()).isEqualTo(field.getKey()));
                assertThat(Files.readAllBytes(file())).as(field.getKey()).isEqualTo(before);
                refusals++;
            }
        }
        return refusals;
    }
}
