package cz.digidig.system.api;

import cz.digidig.system.Codes;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Takes the steps of a {@link Scenario} on a running suite. */
final class Walk {
    private static final ObjectMapper JSON = new JsonMapper();
    private static final Pattern VARIABLE = Pattern.compile("([$#])\\{([^}]+)}");
    private static final String PASSWORD = "correct-Horse-7-battery";

    private final Suite suite;
    private final Map<Service, ApiDocument> documents;
    private final Map<String, JsonNode> kept = new HashMap<>();
    private final String run;
    private @Nullable Service at;
    private final Map<String, String> tokens = new HashMap<>();

    /**
     * What happened at one step.
     *
     * @param request what was sent; missing where nothing was
     * @param response what came back: JSON, or text; missing where nothing did
     */
    record Call(
            Scenario.Step step,
            ApiDocument.Operation operation,
            int status,
            String type,
            JsonNode request,
            JsonNode response) {}

    Walk(Suite suite, Map<Service, ApiDocument> documents) throws IOException, InterruptedException {
        this.suite = suite;
        this.documents = documents;
        run = "-" + Long.toString(Instant.now().toEpochMilli(), 36);
        Account admin = suite.admin();
        tokens.put("admin", suite.rest(Service.IDENTITY, admin).token().orElseThrow());
        keep("run", run);
        keep("user", "anna" + run + "@" + Suite.DOMAIN);
        keep("password", PASSWORD);
        keep("mx", Integer.toString(suite.port(Port.MX)));
        keep(
                "later",
                Instant.now()
                        .plus(Duration.ofDays(30))
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
    }

    /** Tells the names of this walk from those of others. */
    String run() {
        return run;
    }

    private void keep(String name, String value) {
        kept.put(name, JsonNodeFactory.instance.stringNode(value));
    }

    List<Call> take(Scenario scenario) throws IOException, InterruptedException {
        List<Call> calls = new ArrayList<>();
        for (Scenario.Step step : scenario.steps()) {
            for (Service service : services(step.service())) {
                calls.add(take(step, service));
            }
        }
        return calls;
    }

    private static List<Service> services(String name) {
        return Stream.of(Service.values())
                .filter(service -> name.equals("every") || service.name().equalsIgnoreCase(name))
                .toList();
    }

    private Call take(Scenario.Step step, Service service) throws IOException, InterruptedException {
        at = service;
        ApiDocument document = Objects.requireNonNull(documents.get(service));
        ApiDocument.Operation operation = document.operations().stream()
                .filter(one -> one.id().equals(step.operation()))
                .findFirst()
                .orElseThrow(() -> new IOException(service + " has no operation " + step.operation()));
        String path = operation.path();
        for (Map.Entry<String, String> variable : step.path().entrySet()) {
            path = path.replace("{" + variable.getKey() + "}", encoded(filled(variable.getValue())));
        }
        String query = step.query().entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(filled(one.getValue())))
                .collect(Collectors.joining("&"));
        RestClient client = suite.rest(service);
        if (!step.caller().equals("nobody")) {
            client = client.withToken(Objects.requireNonNull(tokens.get(step.caller()), step.caller()));
        }
        HttpRequest.Builder request = client.request(query.isEmpty() ? path : path + "?" + query);
        step.headers().forEach((name, value) -> request.header(name, filled(value)));
        JsonNode body = step.body() == null ? JsonNodeFactory.instance.missingNode() : filled(step.body());
        if (body.isMissingNode()) {
            request.method(operation.method(), BodyPublishers.noBody());
        } else {
            request.header("Content-Type", step.type())
                    .method(
                            operation.method(),
                            BodyPublishers.ofString(body.isString() ? body.asString() : body.toString()));
        }
        RestClient.Answer answer = client.send(request);
        JsonNode response = answer.body().length == 0
                ? JsonNodeFactory.instance.missingNode()
                : answer.type().contains("json")
                        ? JSON.readTree(answer.body())
                        : JsonNodeFactory.instance.stringNode(answer.text());
        for (Map.Entry<String, String> name : step.keep().entrySet()) {
            JsonNode value = response.at(name.getValue());
            if (name.getKey().startsWith("token:")) {
                tokens.put(name.getKey().substring("token:".length()), value.asString());
            } else {
                kept.put(step.service().equals("every") ? name.getKey() + "@" + service : name.getKey(), value);
            }
        }
        return new Call(step, operation, answer.status(), answer.type(), body, response);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A text that is one variable becomes its value, of whatever type; {@code #{...}} makes a number of it. */
    private JsonNode filled(@Nullable Object given) {
        return switch (given) {
            case null -> JsonNodeFactory.instance.nullNode();
            case Map<?, ?> map -> {
                var object = JsonNodeFactory.instance.objectNode();
                map.forEach((name, value) -> object.set(String.valueOf(name), filled(value)));
                yield object;
            }
            case List<?> list -> {
                var array = JsonNodeFactory.instance.arrayNode();
                list.forEach(value -> array.add(filled(value)));
                yield array;
            }
            case String text -> {
                Matcher whole = VARIABLE.matcher(text);
                boolean alone = whole.matches();
                if (alone && whole.group(1).equals("#")) {
                    yield JsonNodeFactory.instance.numberNode(
                            Integer.parseInt(value(whole.group(2)).asString()));
                }
                yield alone ? value(whole.group(2)) : JsonNodeFactory.instance.stringNode(filled(text));
            }
            default -> JSON.valueToTree(given);
        };
    }

    private String filled(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(value(found.group(2)).asString()));
    }

    private JsonNode value(String name) {
        if (name.equals("code")) {
            return JsonNodeFactory.instance.stringNode(Codes.now(value("totp").asString()));
        }
        JsonNode value = kept.getOrDefault(name + "@" + at, kept.get(name));
        if (value == null) {
            throw new IllegalArgumentException("no earlier answer gave " + name);
        }
        return value;
    }
}
