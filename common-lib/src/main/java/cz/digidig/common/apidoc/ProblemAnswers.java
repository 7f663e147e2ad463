package cz.digidig.common.apidoc;

import cz.digidig.common.api.problem.ErrorCode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The problem details (RFC 9457) that an operation may be answered with, and whether it needs a token, by the suite's rules. */
final class ProblemAnswers {
    private static final String SCHEMA = "Problem";
    private static final String MEDIA_TYPE = "application/problem+json";
    /** Of each status the problem that stands for it. */
    private static final List<ErrorCode> SHOWN = List.of(
            ErrorCode.MALFORMED,
            ErrorCode.UNAUTHENTICATED,
            ErrorCode.FORBIDDEN,
            ErrorCode.NOT_FOUND,
            ErrorCode.CONFLICT,
            ErrorCode.CHANGED_MEANWHILE,
            ErrorCode.TOO_LARGE,
            ErrorCode.INVALID,
            ErrorCode.TOO_MANY_ATTEMPTS,
            ErrorCode.UNAVAILABLE);

    private ProblemAnswers() {}

    static void addTo(OpenAPI document) {
        document.getComponents().addSchemas(SCHEMA, problem());
        SHOWN.forEach(code -> document.getComponents().addResponses(name(code), answer(code)));
        if (document.getPaths() != null) {
            document.getPaths().forEach(ProblemAnswers::complete);
        }
    }

    private static String name(ErrorCode code) {
        return "Problem" + code.status().value();
    }

    /** An operation is open where it says so, by {@code @SecurityRequirements} with nothing in it. */
    private static void complete(String path, PathItem item) {
        item.readOperationsMap().forEach((method, operation) -> {
            boolean open =
                    operation.getSecurity() != null && operation.getSecurity().isEmpty();
            if (operation.getSecurity() == null) {
                operation.setSecurity(List.of(new SecurityRequirement().addList(ApiDescription.TOKEN)));
            }
            ApiResponses answers = Objects.requireNonNullElseGet(operation.getResponses(), ApiResponses::new);
            for (ErrorCode code : possible(path, method, operation, open)) {
                answers.computeIfAbsent(Integer.toString(code.status().value()), _ -> new ApiResponse()
                        .$ref("#/components/responses/" + name(code)));
            }
            operation.setResponses(answers);
        });
    }

    private static List<ErrorCode> possible(
            String path, PathItem.HttpMethod method, Operation operation, boolean open) {
        List<ErrorCode> codes = new ArrayList<>();
        boolean takes = operation.getRequestBody() != null;
        boolean signsIn = path.startsWith("/api/auth/") || path.equals("/oauth2/token");
        List<Parameter> parameters = Objects.requireNonNullElse(operation.getParameters(), List.of());
        if (takes || !parameters.isEmpty()) {
            codes.addAll(List.of(ErrorCode.MALFORMED, ErrorCode.INVALID));
        }
        if (!open || signsIn) {
            codes.add(ErrorCode.UNAUTHENTICATED);
        }
        if (!open) {
            codes.addAll(List.of(ErrorCode.FORBIDDEN, ErrorCode.UNAVAILABLE));
        }
        if (path.contains("{")
                || parameters.stream().anyMatch(one -> one.getName().equals("account"))) {
            codes.add(ErrorCode.NOT_FOUND);
        }
        if (method != PathItem.HttpMethod.GET) {
            codes.add(ErrorCode.CONFLICT);
        }
        if (parameters.stream().anyMatch(one -> "If-Match".equalsIgnoreCase(one.getName()))) {
            codes.add(ErrorCode.CHANGED_MEANWHILE);
        }
        if (takes) {
            codes.add(ErrorCode.TOO_LARGE);
        }
        if (signsIn) {
            codes.add(ErrorCode.TOO_MANY_ATTEMPTS);
        }
        return codes;
    }

    private static ApiResponse answer(ErrorCode code) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", code.type().toString());
        example.put("title", code.title());
        example.put("status", code.status().value());
        example.put("detail", "...");
        return new ApiResponse()
                .description(code.title())
                .content(new Content()
                        .addMediaType(
                                MEDIA_TYPE,
                                new MediaType()
                                        .schema(new Schema<>(SpecVersion.V31).$ref("#/components/schemas/" + SCHEMA))
                                        .example(example)));
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
