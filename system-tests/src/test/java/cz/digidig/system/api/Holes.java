package cz.digidig.system.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a programmer would miss in a document. */
final class Holes {
    private static final Pattern OPERATION_ID = Pattern.compile("[a-z][A-Za-z]+");
    private static final int SHORTEST_TEXT = 20;
    private static final Pattern FOR_AUTHORS = Pattern.compile("cz\\.digidig|\\{@|</?[a-z]+>|TODO");
    /** Names of fields that mean nothing without a unit or a form. */
    private static final Pattern MEASURED = Pattern.compile(
            "(id|size|octets|quota|seconds|millis|uptime|expires_in|.*(Id|Size|Seconds|Octets|Days|Millis))");

    private final ApiDocument document;
    private final Validation validation;
    private final List<String> found = new ArrayList<>();

    private Holes(ApiDocument document) {
        this.document = document;
        this.validation = new Validation(document);
    }

    static List<String> of(ApiDocument document) {
        Holes holes = new Holes(document);
        Set<String> ids = new HashSet<>();
        for (ApiDocument.Operation operation : document.operations()) {
            holes.look(operation);
            holes.require(ids.add(operation.id()), operation, "has the name of another");
        }
        document.content().path("components").path("schemas").forEachEntry(holes::look);
        return holes.found;
    }

    private void require(boolean holds, Object where, String what) {
        if (!holds) {
            found.add(where + ": " + what);
        }
    }

    private void look(ApiDocument.Operation operation) {
        JsonNode content = operation.content();
        String description = content.path("description").asString("");
        require(!content.path("summary").asString("").isEmpty(), operation, "no summary");
        require(!content.path("tags").isEmpty(), operation, "no group");
        require(description.length() >= SHORTEST_TEXT, operation, "no description");
        require(!FOR_AUTHORS.matcher(description).find(), operation, "a description for its authors: " + description);
        require(
                operation.isInternal() || OPERATION_ID.matcher(operation.id()).matches(),
                operation,
                "no name of its own, but " + operation.id());
        require(
                operation.isOpen()
                        || (content.path("responses").has("401")
                                && content.path("responses").has("503")),
                operation,
                "does not say how it is refused");
        require(
                operation.scopes().isEmpty() || content.path("responses").has("403"),
                operation,
                "has a scope, but no 403");
        operation
                .parameters()
                .forEach(parameter -> require(
                        !parameter.path("description").asString("").isEmpty(),
                        operation,
                        "says nothing of its parameter "
                                + parameter.path("name").asString("")));
        examples(operation, "request", content.path("requestBody").path("content"));
        content.path("responses").forEachEntry((status, given) -> {
            JsonNode answer = document.resolved(given);
            require(!answer.path("description").asString("").isEmpty(), operation, status + " without a word");
            examples(operation, status, answer.path("content"));
        });
    }

    /** Each body that people send or get has an example, and each example is as the schema says. */
    private void examples(ApiDocument.Operation operation, String place, JsonNode content) {
        content.forEachEntry((type, media) -> {
            JsonNode example = media.path("example");
            require(
                    !example.isMissingNode()
                            || media.has("examples")
                            || operation.isInternal()
                            || !type.contains("json"),
                    operation,
                    "no example of " + place);
            if (!example.isMissingNode() && type.contains("json") && media.has("schema")) {
                validation
                        .errors(media.path("schema"), example)
                        .forEach(error ->
                                found.add(operation + ": the example of " + place + " is not as its schema: " + error));
            }
        });
    }

    private void look(String name, JsonNode schema) {
        schema.path("properties").forEachEntry((field, type) -> {
            String description = type.path("description").asString("");
            String where = name + "." + field + " of " + document.service().title();
            require(!FOR_AUTHORS.matcher(description).find(), where, "a description for authors: " + description);
            require(
                    type.has("$ref")
                            || type.has("allOf")
                            || !description.isEmpty()
                            || type.path("type").asString("").equals("boolean"),
                    where,
                    MEASURED.matcher(field).matches() ? "no form or unit" : "no meaning");
        });
    }
}
