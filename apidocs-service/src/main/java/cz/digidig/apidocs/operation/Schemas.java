package cz.digidig.apidocs.operation;

import cz.digidig.apidocs.operation.Operation.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of one document (JSON Schema 2020-12, as OpenAPI 3.1 uses it): their members as rows, and examples made from them. */
final class Schemas {
    private static final int DEEPEST = 6;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode document;

    Schemas(JsonNode document) {
        this.document = document;
    }

    /** What a reference within the document stands for; anything else stands for itself. */
    JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        for (int step = 0; step < DEEPEST && found.path("$ref").isString(); step++) {
            String reference = found.path("$ref").asString();
            found = reference.startsWith("#/") ? document.at(reference.substring(1)) : NODES.missingNode();
        }
        return found;
    }

    /** In words: {@code string (date-time)}, {@code array of Message}. */
    String type(JsonNode given) {
        JsonNode schema = resolved(given);
        String kind = kind(schema);
        if (kind.equals("array")) {
            return "array of " + type(schema.path("items"));
        }
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            return schema.path("enum").valueStream().map(JsonNode::asString).collect(Collectors.joining(" | "));
        }
        String reference = given.path("$ref").asString("");
        if (!reference.isEmpty() && kind.equals("object")) {
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
        String format = schema.path("format").asString("");
        return format.isEmpty() ? kind : kind + " (" + format + ")";
    }

    private static String kind(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.valueStream()
                    .map(JsonNode::asString)
                    .filter(one -> !one.equals("null"))
                    .findFirst()
                    .orElse("any");
        }
        if (type.isString()) {
            return type.asString();
        }
        return schema.has("properties") || schema.has("additionalProperties") ? "object" : "any";
    }

    /** The members of an object, or of the objects in an array, outer before inner. */
    List<Field> fields(JsonNode schema) {
        List<Field> fields = new ArrayList<>();
        collect(schema, 0, fields, new HashSet<>());
        return fields;
    }

    private void collect(JsonNode given, int depth, List<Field> fields, Set<String> above) {
        String reference = given.path("$ref").asString("");
        if (depth >= DEEPEST || (!reference.isEmpty() && !above.add(reference))) {
            return;
        }
        JsonNode schema = resolved(given);
        if (kind(schema).equals("array")) {
            collect(schema.path("items"), depth, fields, above);
        }
        for (JsonNode part : alternatives(schema)) {
            collect(part, depth, fields, above);
        }
        Set<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        schema.path("properties").forEachEntry((name, member) -> {
            fields.add(new Field(depth, name, type(member), required.contains(name), description(member)));
            collect(member, depth + 1, fields, above);
        });
        above.remove(reference);
    }

    private String description(JsonNode member) {
        String own = member.path("description").asString("");
        return own.isEmpty() ? resolved(member).path("description").asString("") : own;
    }

    private static List<JsonNode> alternatives(JsonNode schema) {
        List<JsonNode> parts = new ArrayList<>();
        schema.path("allOf").forEach(parts::add);
        schema.path("oneOf").forEach(parts::add);
        schema.path("anyOf").forEach(parts::add);
        return parts;
    }

    /** A value of the schema: the one that it names as example or default, else one made up by its type. */
    JsonNode example(JsonNode schema) {
        return example(schema, "", 0);
    }

    private JsonNode example(JsonNode given, String name, int depth) {
        JsonNode schema = resolved(given);
        for (JsonNode said : List.of(
                given.path("example"),
                schema.path("example"),
                schema.path("examples").path(0),
                schema.path("default"))) {
            if (!said.isMissingNode()) {
                return said;
            }
        }
        if (!schema.path("enum").path(0).isMissingNode()) {
            return schema.path("enum").path(0);
        }
        for (JsonNode part : alternatives(schema)) {
            return example(part, name, depth);
        }
        return switch (kind(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "integer", "number" -> NODES.numberNode(schema.path("minimum").asLong(1));
            case "boolean" -> NODES.booleanNode(true);
            case "string" -> NODES.stringNode(text(schema.path("format").asString(""), name));
            default -> NODES.objectNode();
        };
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        if (depth < DEEPEST) {
            schema.path("properties").forEachEntry((name, member) -> {
                if (!member.path("readOnly").asBoolean(false)) {
                    object.set(name, example(member, name, depth + 1));
                }
            });
        }
        return object;
    }

    private JsonNode array(JsonNode schema, String name, int depth) {
        ArrayNode array = NODES.arrayNode();
        if (depth < DEEPEST) {
            array.add(example(schema.path("items"), name, depth + 1));
        }
        return array;
    }

    private static String text(String format, String name) {
        return switch (format) {
            case "date-time" -> "2026-01-31T09:30:00Z";
            case "date" -> "2026-01-31";
            case "email" -> "alice@digidig.test";
            case "uri" -> "https://example.org/";
            case "byte" -> "SGVsbG8=";
            case "password" -> "a long password";
            default -> name.isEmpty() ? "text" : name;
        };
    }
}
