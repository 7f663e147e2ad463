package cz.digidig.common.apidoc;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.Yaml;

/**
 * What the documents say at more length than an annotation bears, from {@code apidoc/texts.yml} of the service and of
 * common-lib: {@code operations} by operationId, {@code parameters} by name, {@code fields} by {@code Schema.field} or, for
 * a field that means the same everywhere, by its name alone.
 *
 * <p>A text of here replaces the code's for an operation and for a {@code Schema.field}; elsewhere it fills what the code leaves
 * empty.
 */
final class ApiTexts {
    private static final String FILES = "classpath*:apidoc/texts.yml";

    private final Map<String, String> operations = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>();

    private ApiTexts() {}

    static ApiTexts read() {
        ApiTexts texts = new ApiTexts();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
                try (InputStream stream = file.getInputStream()) {
                    texts.add(new Yaml().<Map<String, Map<String, String>>>load(stream));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILES, unreadable);
        }
        return texts;
    }

    private void add(Map<String, Map<String, String>> file) {
        operations.putAll(file.getOrDefault("operations", Map.of()));
        parameters.putAll(file.getOrDefault("parameters", Map.of()));
        fields.putAll(file.getOrDefault("fields", Map.of()));
    }

    void addTo(OpenAPI document) {
        if (document.getPaths() != null) {
            document.getPaths().values().stream()
                    .flatMap(item -> item.readOperations().stream())
                    .forEach(this::describe);
        }
        if (document.getComponents().getSchemas() != null) {
            document.getComponents().getSchemas().forEach(this::describe);
        }
    }

    private void describe(Operation operation) {
        String text = operations.get(operation.getOperationId());
        if (text != null) {
            operation.setDescription(text.strip());
        }
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> isEmpty(parameter.getDescription()))
                    .forEach(parameter -> parameter.setDescription(parameters.get(parameter.getName())));
        }
    }

    private void describe(String name, Schema<?> schema) {
        if (schema.getProperties() == null) {
            return;
        }
        schema.getProperties().forEach((field, type) -> {
            String text = fields.get(name + "." + field);
            if (text != null) {
                type.setDescription(text.strip());
            } else if (isEmpty(type.getDescription()) && type.get$ref() == null) {
                type.setDescription(fields.get(field));
            }
        });
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }
}
