package cz.digidig.common.apidoc;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was sent and answered once when the suite really ran: {@code apidoc/examples/<operationId>.json}, written by the
 * system tests' {@code DocumentsIT}, with {@code request} and, by status, {@code responses}.
 */
final class RecordedExamples {
    private static final ObjectMapper JSON = new JsonMapper();

    private RecordedExamples() {}

    static void addTo(OpenAPI document) {
        if (document.getPaths() != null) {
            document.getPaths().values().stream()
                    .flatMap(item -> item.readOperations().stream())
                    .forEach(RecordedExamples::complete);
        }
    }

    private static void complete(Operation operation) {
        ClassPathResource file = new ClassPathResource("apidoc/examples/" + operation.getOperationId() + ".json");
        if (!file.exists()) {
            return;
        }
        JsonNode recorded = read(file);
        if (operation.getRequestBody() != null && recorded.has("request")) {
            show(operation.getRequestBody().getContent(), recorded.path("request"));
        }
        recorded.path("responses").forEachEntry((status, body) -> {
            if (operation.getResponses().containsKey(status)) {
                show(operation.getResponses().get(status).getContent(), body);
            }
        });
    }

    /** Text is for the media types that are no JSON, anything else for those that are. */
    private static void show(Content content, JsonNode example) {
        if (content == null) {
            return;
        }
        content.forEach((type, media) -> {
            if (type.contains("json") != example.isString()) {
                show(media, example);
            }
        });
    }

    private static void show(MediaType media, JsonNode example) {
        if (media.getExamples() == null) {
            media.setExample(JSON.convertValue(example, Object.class));
        }
    }

    private static JsonNode read(ClassPathResource file) {
        try (InputStream stream = file.getInputStream()) {
            return JSON.readTree(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file.getPath(), unreadable);
        }
    }
}
