package cz.digidig.system.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values made from a document's schemas: mostly of the right type, now and then of another, at the edges and beyond. */
final class Inputs {
    private static final int DEEPEST = 4;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Arbitrary<JsonNode> ANYTHING = Arbitraries.of(
            NODES.nullNode(),
            NODES.booleanNode(true),
            NODES.numberNode(-1),
            NODES.numberNode(Long.MAX_VALUE),
            NODES.numberNode(1.5),
            NODES.stringNode(""),
            NODES.stringNode("0"),
            NODES.arrayNode(),
            NODES.objectNode());

    private final ApiDocument document;

    Inputs(ApiDocument document) {
        this.document = document;
    }

    /** Text for a path, a query or a header: what a schema says, and what people type by mistake. */
    Arbitrary<String> texts(JsonNode schema) {
        return Arbitraries.frequencyOf(
                Tuple.of(4, values(schema, 0).map(value -> value.isString() ? value.asString() : value.toString())),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                "me",
                                "INBOX",
                                "0",
                                "-1",
                                "9223372036854775808",
                                "a@b",
                                "%",
                                "..",
                                "1:*",
                                "2026-02-30T00:00:00Z")),
                Tuple.of(
                        1,
                        Arbitraries.strings()
                                .withCharRange(' ', '\u017f')
                                .ofMinLength(1)
                                .ofMaxLength(30)));
    }

    Arbitrary<JsonNode> values(JsonNode schema) {
        return Arbitraries.frequencyOf(Tuple.of(9, values(schema, 0)), Tuple.of(1, ANYTHING));
    }

    private Arbitrary<JsonNode> values(JsonNode given, int depth) {
        JsonNode schema = document.resolved(given);
        if (depth > DEEPEST) {
            return ANYTHING;
        }
        for (String combination : List.of("oneOf", "anyOf")) {
            if (schema.path(combination).isArray()) {
                return Arbitraries.oneOf(schema.path(combination)
                        .valueStream()
                        .map(one -> values(one, depth + 1))
                        .toList());
            }
        }
        if (schema.path("enum").isArray()) {
            return Arbitraries.frequencyOf(
                    Tuple.of(4, Arbitraries.of(schema.path("enum").valueStream().toList())), Tuple.of(1, ANYTHING));
        }
        Arbitrary<JsonNode> fitting =
                switch (type(schema)) {
                    case "string" -> strings(schema);
                    case "integer" -> Arbitraries.longs().map(NODES::numberNode);
                    case "number" -> Arbitraries.doubles().map(NODES::numberNode);
                    case "boolean" -> Arbitraries.of(true, false).map(NODES::booleanNode);
                    case "array" ->
                        values(schema.path("items"), depth + 1)
                                .list()
                                .ofMaxSize(3)
                                .map(items -> NODES.arrayNode().addAll(items));
                    default -> objects(schema, depth);
                };
        return Arbitraries.frequencyOf(Tuple.of(14, fitting), Tuple.of(1, ANYTHING));
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.path(0).asString("object") : type.asString("object");
    }

    private static Arbitrary<JsonNode> strings(JsonNode schema) {
        Arbitrary<String> texts =
                switch (schema.path("format").asString("")) {
                    case "date-time" ->
                        Arbitraries.of("2026-03-02T09:30:00Z", "1900-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "noon");
                    case "uuid" -> Arbitraries.of("00000000-0000-0000-0000-000000000000", "0");
                    default ->
                        Arbitraries.oneOf(
                                Arbitraries.strings().ofMaxLength(40),
                                Arbitraries.strings().alpha().numeric().ofMaxLength(12),
                                Arbitraries.of(
                                        "somebody@digidig.test", "a b@", "\u0000", "1:*", "\\Seen", "Ž".repeat(300)));
                };
        return texts.map(NODES::stringNode);
    }

    private Arbitrary<JsonNode> objects(JsonNode schema, int depth) {
        Arbitrary<JsonNode> made = Arbitraries.just(NODES.objectNode());
        List<JsonNode> parts = new ArrayList<>(List.of(schema));
        schema.path("allOf").forEach(part -> parts.add(document.resolved(part)));
        for (JsonNode part : parts) {
            for (Map.Entry<String, JsonNode> member : part.path("properties").properties()) {
                Arbitrary<JsonNode> values =
                        values(member.getValue(), depth + 1).injectNull(0.1);
                made = Combinators.combine(made, values).as((object, value) -> {
                    ObjectNode copy = (ObjectNode) object.deepCopy();
                    // Left out now and then.
                    return value == null ? copy : copy.set(member.getKey(), value);
                });
            }
        }
        return made;
    }
}
