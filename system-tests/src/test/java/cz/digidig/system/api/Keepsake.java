package cz.digidig.system.api;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes an example of what a run sent and got: secrets, and what differs from run to run, give way to others of their kind. */
final class Keepsake {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST = 400;
    private static final int LONGEST_LIST = 3;
    private static final String TIME = "2026-03-02T09:30:00Z";
    private static final Pattern TIMES = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern JWT = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final String NO_JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl";
    private static final Set<String> SECRET = Set.of(
            "password", "refresh_token", "key", "secret", "uri", "image", "code", "recoveryCodes", "currentPassword");

    /** Of what a document names, one shows as much as all do. */
    private static final Set<String> MANY = Set.of("paths", "schemas", "responses");

    private final Map<String, String> ports;
    private final String run;
    private final Map<String, String> ids = new HashMap<>();

    /**
     * @param ports the ports of this run, each with the one that is usual
     * @param run what the names of this run have in common
     */
    Keepsake(Map<String, String> ports, String run) {
        this.ports = ports;
        this.run = run;
    }

    JsonNode of(JsonNode value) {
        return of("", value);
    }

    private JsonNode of(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode kept = NODES.objectNode();
            object.properties().stream()
                    .limit(MANY.contains(name) ? 1 : Long.MAX_VALUE)
                    .forEach(member -> kept.set(member.getKey(), of(member.getKey(), member.getValue())));
            return kept;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode kept = NODES.arrayNode();
            // A few show as much as many do.
            array.valueStream().limit(LONGEST_LIST).forEach(item -> kept.add(of(name, item)));
            return kept;
        }
        if (value.isIntegralNumber() && ports.containsKey(value.asString())) {
            return NODES.numberNode(Integer.parseInt(ports.getOrDefault(value.asString(), "0")));
        }
        return value.isString() ? NODES.stringNode(text(name, value.asString())) : value;
    }

    private String text(String name, String value) {
        if (SECRET.contains(name) && value.length() > 5) {
            return name.equals("image") ? "data:image/png;base64,iVBORw0KGgo=" : "(secret)";
        }
        String text = TIMES.matcher(JWT.matcher(value.replace(run, "")).replaceAll(NO_JWT))
                .replaceAll(TIME);
        text = UUIDS.matcher(text)
                .replaceAll(found -> ids.computeIfAbsent(found.group(), _ -> UUID.nameUUIDFromBytes(
                                Integer.toString(ids.size()).getBytes(StandardCharsets.UTF_8))
                        .toString()));
        for (Map.Entry<String, String> port : ports.entrySet()) {
            text = text.replaceAll("(?<=:)" + port.getKey() + "\\b", Matcher.quoteReplacement(port.getValue()));
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
