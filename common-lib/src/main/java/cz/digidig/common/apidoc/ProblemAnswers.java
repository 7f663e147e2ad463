package cz.digidig.common.apidoc;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The problem details (RFC 9457) that an operation may be answered with, and whether it needs a token, by the suite's rules. */
final class ProblemAnswers {
    private static final String SCHEMA = "Problem";
    private static final String MEDIA_TYPE = "application/problem+json";
    /** Answered without a token; see the common rules of access. */
    private static final Set<String> OPEN =
            Set.of("/api/health", "/api/auth/login", "/api/auth/key", "/api/auth/refresh", "/api/auth/logout");

    private static final Map<Integer, String> MEANINGS = Map.of(
            400, "The request can't be read",
            401, "A valid access token is needed",
            403, "The token does not allow this",
            404, "There is no such thing, or it is not yours to see",
            409, "The current state does not allow this",
            412, "It was changed since you read it",
            413, "The content is larger than the limit",
            422, "A field has a value that is not allowed; errors names each",
            429, "Too many attempts; wait as long as Retry-After says",
            503, "A part of the suite does not answer; try again");

    private ProblemAnswers() {}

    static void addTo(OpenAPI document) {
        document.getComponents().addSchemas(SCHEMA, problem());
        MEANINGS.forEach(
                (status, meaning) -> document.getComponents().addResponses(name(status), answer(status, meaning)));
        if (document.getPaths() != null) {
            document.getPaths().forEach(ProblemAnswers::complete);
        }
    }

    private static String name(int status) {
        return "Problem" + status;
    }

    private static void complete(String path, PathItem item) {
        item.readOperationsMap().forEach((method, operation) -> {
            boolean open = OPEN.contains(path);
            if (!open && operation.getSecurity() == null) {
                operation.setSecurity(List.of(new SecurityRequirement().addList(ApiDescription.TOKEN)));
            }
            ApiResponses answers = Objects.requireNonNullElseGet(operation.getResponses(), ApiResponses::new);
            for (int status : possible(path, method, operation, open)) {
                answers.computeIfAbsent(Integer.toString(status), _ -> new ApiResponse()
                        .$ref("#/components/responses/" + name(status)));
            }
            operation.setResponses(answers);
        });
    }

    private static List<Integer> possible(String path, PathItem.HttpMethod method, Operation operation, boolean open) {
        List<Integer> statuses = new ArrayList<>();
        boolean takes = operation.getRequestBody() != null;
        if (takes || operation.getParameters() != null) {
            statuses.add(400);
        }
        if (!open || path.startsWith("/api/auth/")) {
            statuses.add(401);
        }
        if (!open) {
            statuses.add(403);
        }
        if (path.contains("{")) {
            statuses.add(404);
        }
        if (method != PathItem.HttpMethod.GET) {
            statuses.add(409);
        }
        if (operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(one -> "If-Match".equalsIgnoreCase(one.getName()))) {
            statuses.add(412);
        }
        if (takes) {
            statuses.addAll(List.of(413, 422));
        }
        if (path.startsWith("/api/auth/")) {
            statuses.add(429);
        }
        if (!open) {
            statuses.add(503);
        }
        return statuses;
    }

    private static ApiResponse answer(int status, String meaning) {
        Map<String, Object> example = Map.of(
                "type", "urn:digidig:problem:" + kind(status), "title", meaning, "status", status, "detail", "...");
        return new ApiResponse()
                .description(meaning)
                .content(new Content()
                        .addMediaType(
                                MEDIA_TYPE,
                                new MediaType()
                                        .schema(new Schema<>(SpecVersion.V31).$ref("#/components/schemas/" + SCHEMA))
                                        .example(example)));
    }

    private static String kind(int status) {
        return switch (status) {
            case 400 -> "malformed";
            case 401 -> "unauthenticated";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 409 -> "conflict";
            case 412 -> "changed-meanwhile";
            case 413 -> "too-large";
            case 422 -> "invalid";
            case 429 -> "too-many-attempts";
            default -> "unavailable";
        };
    }

    private static Schema<Object> problem() {
        Schema<Object> schema = typed("object", "Why a request was refused (RFC 9457)");
        schema.addProperty("type", typed("string", "The kind, stable: urn:digidig:problem:not-found, ..."));
        schema.addProperty("title", typed("string", "The kind in words"));
        schema.addProperty("status", typed("integer", "The status code again"));
        schema.addProperty("detail", typed("string", "What was wrong with this request"));
        schema.addProperty("instance", typed("string", "The path that was asked"));
        Schema<Object> field = typed("object", "A field and what is wrong with it");
        field.addProperty("field", typed("string", "Its name, with dots between levels"));
        field.addProperty("message", typed("string", "What it should be"));
        schema.addProperty("errors", typed("array", "Field by field, for 422").items(field));
        return schema;
    }

    private static Schema<Object> typed(String type, String description) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        schema.setDescription(description);
        return schema;
    }
}
