package cz.digidig.system.api;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether JSON is what a document's schema says (JSON Schema 2020-12, as OpenAPI 3.1 uses it): and nothing beside, since what
 * a document does not name is a hole in it.
 */
final class Validation {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode components;

    Validation(ApiDocument document) {
        ObjectNode copy = (ObjectNode) document.content().path("components").deepCopy();
        copy.path("schemas").forEach(Validation::close);
        this.components = copy;
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.has("properties")
                && !object.has("additionalProperties")
                && !object.has("allOf")
                && !object.has("oneOf")
                && !object.has("discriminator")) {
            object.put("additionalProperties", false);
        }
    }

    /** What is wrong, each with its place. */
    List<String> errors(JsonNode schema, JsonNode value) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", components);
        Schema compiled = REGISTRY.getSchema(whole);
        return compiled.validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
