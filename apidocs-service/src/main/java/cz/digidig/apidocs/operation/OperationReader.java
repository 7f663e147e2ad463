package cz.digidig.apidocs.operation;

import cz.digidig.apidocs.document.ApiDocument;
import cz.digidig.apidocs.operation.Operation.Answer;
import cz.digidig.apidocs.operation.Operation.Body;
import cz.digidig.apidocs.operation.Operation.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Reads the operations of one document. */
final class OperationReader {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    /** What the services ask one another is not for programs from outside. */
    private static final String INTERNAL = "/api/internal/";

    private static final ObjectWriter PRETTY = new JsonMapper().writerWithDefaultPrettyPrinter();

    private final String service;
    private final JsonNode content;
    private final Schemas schemas;

    OperationReader(ApiDocument document) {
        this.service = document.service();
        this.content = document.content();
        this.schemas = new Schemas(content);
    }

    List<Operation> read() {
        List<Operation> operations = new ArrayList<>();
        content.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method) && !path.startsWith(INTERNAL)) {
                        operations.add(operation(path, method, item, operation));
                    }
                }));
        return operations;
    }

    private Operation operation(String path, String method, JsonNode item, JsonNode operation) {
        return new Operation(
                service,
                operation.path("operationId").asString(method + path.replaceAll("[^A-Za-z0-9]+", "-")),
                operation.path("tags").path(0).asString("Other"),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asString(path),
                operation.path("description").asString(""),
                operation.path("security").isEmpty(),
                scopes(operation),
                parameters(item, operation),
                body(schemas.resolved(operation.path("requestBody"))),
                answers(operation));
    }

    private static List<String> scopes(JsonNode operation) {
        return operation
                .path("security")
                .valueStream()
                .flatMap(alternative -> alternative.valueStream())
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asString)
                // That of the services themselves.
                .filter(scope -> !scope.equals("internal"))
                .toList();
    }

    private List<Parameter> parameters(JsonNode item, JsonNode operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
            list.forEach(given -> {
                JsonNode parameter = schemas.resolved(given);
                JsonNode schema = parameter.path("schema");
                String place = parameter.path("in").asString("query");
                boolean required = parameter.path("required").asBoolean(false);
                parameters.add(new Parameter(
                        parameter.path("name").asString(""),
                        place,
                        required,
                        schemas.type(schema),
                        parameter.path("description").asString(""),
                        example(parameter, schema, required)));
            });
        }
        return parameters;
    }

    private String example(JsonNode parameter, JsonNode schema, boolean required) {
        String said = parameter.path("example").asString("");
        if (!said.isEmpty() || !required) {
            return said;
        }
        return switch (parameter.path("name").asString("")) {
            case "account" -> "me";
            case "mailbox" -> "INBOX";
            default -> schemas.example(schema).asString("");
        };
    }

    private @Nullable Body body(JsonNode given) {
        for (Map.Entry<String, JsonNode> entry : given.path("content").properties()) {
            JsonNode schema = entry.getValue().path("schema");
            return new Body(
                    entry.getKey(),
                    given.path("required").asBoolean(false),
                    schemas.fields(schema),
                    example(entry.getKey(), entry.getValue()));
        }
        return null;
    }

    private List<Answer> answers(JsonNode operation) {
        List<Answer> answers = new ArrayList<>();
        operation.path("responses").forEachEntry((status, given) -> {
            JsonNode answer = schemas.resolved(given);
            String mediaType = "";
            JsonNode media = answer.path("content").path("none");
            for (Map.Entry<String, JsonNode> entry : answer.path("content").properties()) {
                mediaType = entry.getKey();
                media = entry.getValue();
                break;
            }
            answers.add(new Answer(
                    status,
                    answer.path("description").asString(""),
                    mediaType,
                    status.startsWith("4") || status.startsWith("5"),
                    schemas.fields(media.path("schema")),
                    mediaType.isEmpty() ? "" : example(mediaType, media)));
        });
        answers.sort((one, other) -> one.status().compareTo(other.status()));
        return answers;
    }

    /** The one that the document gives, else one made from the schema; text as it is, JSON in lines. */
    private String example(String mediaType, JsonNode media) {
        JsonNode example = media.path("example");
        for (Map.Entry<String, JsonNode> named : media.path("examples").properties()) {
            example =
                    example.isMissingNode() ? schemas.resolved(named.getValue()).path("value") : example;
        }
        if (example.isMissingNode() && mediaType.equals("message/rfc822")) {
            return "From: alice@digidig.test\nTo: bob@digidig.test\nSubject: Lunch\n\nAt noon?\n";
        }
        JsonNode value = example.isMissingNode() ? schemas.example(media.path("schema")) : example;
        boolean json = mediaType.contains("json") || mediaType.equals("*/*");
        return value.isString() && !(json && example.isMissingNode())
                ? value.asString()
                : PRETTY.writeValueAsString(value);
    }
}
