package cz.digidig.system.api;

import cz.digidig.system.suite.Service;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The documents of the last release, {@code released/<service>.json}: without words and examples, which break nobody. */
final class ReleasedDocuments {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    private ReleasedDocuments() {}

    static Optional<JsonNode> of(Service service) throws IOException {
        try (InputStream stream =
                ReleasedDocuments.class.getResourceAsStream("/released/" + service.title() + ".json")) {
            return stream == null ? Optional.empty() : Optional.of(JSON.readTree(stream));
        }
    }

    /** As it is kept. */
    static String bare(ApiDocument document) {
        JsonNode bare = document.content().deepCopy();
        strip(bare, false);
        return JSON.writeValueAsString(bare) + "\n";
    }

    private static void strip(JsonNode node, boolean names) {
        if (!names && node instanceof ObjectNode object) {
            object.remove(List.of("summary", "example", "examples"));
            if (object.path("description").isString()) {
                // OpenAPI asks for one at each answer.
                object.put("description", "");
            }
        }
        node.properties()
                .forEach(member -> strip(member.getValue(), member.getKey().equals("properties")));
        if (node.isArray()) {
            node.forEach(item -> strip(item, false));
        }
    }

    /** What a program that was written for the release would stumble over; operations that services ask one another apart. */
    static List<String> broken(JsonNode released, ApiDocument now) {
        ChangedOpenApi changed = OpenApiCompare.fromContents(
                outside(released).toString(), outside(now.content()).toString());
        List<String> broken = new ArrayList<>();
        changed.getMissingEndpoints()
                .forEach(gone -> broken.add(gone.getMethod() + " " + gone.getPathUrl() + " is gone"));
        changed.getChangedOperations().stream()
                .filter(operation -> operation.isIncompatible())
                .forEach(operation -> broken.add(
                        operation.getHttpMethod() + " " + operation.getPathUrl() + " takes or gives something else"));
        // To the library a field that an answer need not have may go.
        released.at("/components/schemas").forEachEntry((name, schema) -> {
            JsonNode later = now.content().at("/components/schemas").path(name);
            if (later.has("properties")) {
                schema.path("properties").propertyNames().stream()
                        .filter(field -> !later.path("properties").has(field))
                        .forEach(field -> broken.add(name + "." + field + " is gone"));
            }
        });
        broken.sort(Comparator.naturalOrder());
        return broken;
    }

    private static JsonNode outside(JsonNode document) {
        ObjectNode copy = (ObjectNode) document.deepCopy();
        List<String> internal = copy.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .filter(path -> path.startsWith("/api/internal/"))
                .toList();
        ((ObjectNode) copy.path("paths")).remove(internal);
        // The library looks into schemas only as OpenAPI 3.0 writes them.
        copy.put("openapi", "3.0.3");
        copy.findParents("type").forEach(ReleasedDocuments::simplify);
        return copy;
    }

    private static void simplify(JsonNode schema) {
        if (schema.path("type").isArray()) {
            ((ObjectNode) schema).set("type", schema.path("type").path(0));
        }
    }
}
