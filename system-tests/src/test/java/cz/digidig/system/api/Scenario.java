package cz.digidig.system.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** A walk through the API, {@code scenario.yml}: every operation that people and their programs use, in an order that works. */
record Scenario(List<Step> steps) {
    /**
     * One call.
     *
     * @param service its short name; {@code every}: all, one after another
     * @param operation the operationId
     * @param caller whose token: {@code admin}, {@code user}, {@code nobody}
     * @param path the variables of the path
     * @param query what follows the question mark
     * @param headers beside the token and the type
     * @param type of what is sent; JSON when it is not said
     * @param body what is sent: text for other types, else JSON
     * @param keep names under which later steps use values of the answer, each with its JSON pointer
     * @param shown whether it is the document's example
     */
    record Step(
            String service,
            String operation,
            String caller,
            Map<String, String> path,
            Map<String, String> query,
            Map<String, String> headers,
            String type,
            @Nullable Object body,
            Map<String, String> keep,
            boolean shown) {}

    static Scenario read() {
        try (InputStream stream = Objects.requireNonNull(Scenario.class.getResourceAsStream("/scenario.yml"))) {
            List<Map<String, Object>> entries = new Yaml().load(stream);
            List<Step> steps = new ArrayList<>();
            for (Map<String, Object> entry : entries) {
                String call = text(entry, "call", "");
                int dot = call.indexOf('.');
                steps.add(new Step(
                        call.substring(0, dot),
                        call.substring(dot + 1),
                        text(entry, "as", "admin"),
                        texts(entry, "path"),
                        texts(entry, "query"),
                        texts(entry, "headers"),
                        text(entry, "type", "application/json"),
                        entry.get("body"),
                        texts(entry, "keep"),
                        !Boolean.FALSE.equals(entry.get("shown"))));
            }
            return new Scenario(steps);
        } catch (IOException unreadable) {
            throw new IllegalStateException("scenario.yml", unreadable);
        }
    }

    private static String text(Map<String, Object> entry, String name, String otherwise) {
        return String.valueOf(entry.getOrDefault(name, otherwise));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(Map<String, Object> entry, String name) {
        return (Map<String, String>) entry.getOrDefault(name, Map.of());
    }
}
