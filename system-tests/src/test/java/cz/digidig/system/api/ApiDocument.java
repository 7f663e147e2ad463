package cz.digidig.system.api;

import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A service's OpenAPI document, as the running service gives it out. */
public record ApiDocument(Service service, JsonNode content) {
    private static final ObjectMapper JSON = new JsonMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /**
     * One operation.
     *
     * @param method in capitals
     * @param path with its variables in braces
     * @param content what the document says of it
     */
    public record Operation(ApiDocument document, String method, String path, JsonNode content) {
        public String id() {
            return content.path("operationId").asString("");
        }

        /** What the services ask one another. */
        public boolean isInternal() {
            return path.startsWith("/api/internal/");
        }

        public boolean isOpen() {
            return content.path("security").isEmpty();
        }

        /** The scopes of which one is needed; empty where any token will do. */
        public List<String> scopes() {
            return content.path("security")
                    .valueStream()
                    .flatMap(alternative -> alternative.path("token").valueStream())
                    .map(JsonNode::asString)
                    .toList();
        }

        public List<JsonNode> parameters() {
            return content.path("parameters")
                    .valueStream()
                    .map(document::resolved)
                    .toList();
        }

        @Override
        public String toString() {
            return method + " " + path + " of " + document.service.title();
        }
    }

    public static ApiDocument of(Suite suite, Service service) throws IOException, InterruptedException {
        return new ApiDocument(
                service, JSON.readTree(suite.rest(service).get("/v3/api-docs").text()));
    }

    /** In the order of the document. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        content.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.add(new Operation(this, method.toUpperCase(Locale.ROOT), path, operation));
                    }
                }));
        return operations;
    }

    /** What a reference within the document stands for; anything else stands for itself. */
    public JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        while (found.path("$ref").isString()) {
            String reference = found.path("$ref").asString();
            found = reference.startsWith("#/")
                    ? content.at(reference.substring(1))
                    : JsonNodeFactory.instance.missingNode();
        }
        return found;
    }
}
