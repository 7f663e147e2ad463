package cz.digidig.apidocs.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All services' documents as one. A path names the servers that have it: one that is the same everywhere ({@code
 * /api/health}) stands once, with all of them. Components of one name and different content get the service's name in front.
 */
final class Merger {
    private static final String COMPONENTS = "components";
    private static final String REFERENCE = "$ref";
    private static final String ROOT = "#/components/";

    private final ApidocsProperties properties;
    private final ObjectNode whole = JsonNodeFactory.instance.objectNode();
    private final ObjectNode paths = JsonNodeFactory.instance.objectNode();
    private final ObjectNode components = JsonNodeFactory.instance.objectNode();
    private final ArrayNode tags = JsonNodeFactory.instance.arrayNode();
    private final Set<String> tagNames = new HashSet<>();

    private Merger(ApidocsProperties properties) {
        this.properties = properties;
    }

    static ObjectNode merge(List<ApiDocument> documents, ApidocsProperties properties) {
        Merger merger = new Merger(properties);
        merger.whole.put("openapi", "3.1.0");
        ObjectNode info = merger.whole.putObject("info");
        info.put("title", "DIGiDIG");
        info.put(
                "version",
                documents.stream().map(ApiDocument::release).findFirst().orElse(""));
        info.put("description", "All services of the suite; each path names the server that has it.");
        documents.forEach(merger::add);
        merger.whole.set("tags", merger.tags);
        merger.whole.set("paths", merger.paths);
        merger.whole.set(COMPONENTS, merger.components);
        return merger.whole;
    }

    private void add(ApiDocument document) {
        ObjectNode content = (ObjectNode) document.content().deepCopy();
        rename(content, clashes(document.service(), content));
        content.path(COMPONENTS).forEachEntry((kind, parts) -> {
            ObjectNode here = components.withObjectProperty(kind);
            parts.forEachEntry(here::set);
        });
        content.path("tags").forEach(tag -> {
            if (tagNames.add(tag.path("name").asString(""))) {
                tags.add(tag);
            }
        });
        content.path("paths").forEachEntry((path, item) -> {
            ObjectNode known = paths.has(path) ? (ObjectNode) paths.path(path) : ((ObjectNode) item).deepCopy();
            known.withArrayProperty("servers")
                    .addObject()
                    .put("url", properties.publicUrl(document.service()))
                    .put("description", document.service());
            paths.set(path, known);
        });
    }

    /**
     * The references that need another name: to what stands for something else already, and to what there refers to such a
     * one.
     */
    private Map<String, String> clashes(String service, ObjectNode content) {
        Map<String, String> renamed = new HashMap<>();
        int before;
        do {
            before = renamed.size();
            content.path(COMPONENTS)
                    .forEachEntry((kind, parts) -> parts.forEachEntry((name, part) -> {
                        JsonNode other = components.path(kind).path(name);
                        if (!other.isMissingNode() && (!other.equals(part) || refersTo(part, renamed.keySet()))) {
                            renamed.put(ROOT + kind + "/" + name, ROOT + kind + "/" + capital(service) + name);
                        }
                    }));
        } while (renamed.size() > before);
        return renamed;
    }

    private static boolean refersTo(JsonNode node, Set<String> references) {
        return references.contains(node.path(REFERENCE).asString(""))
                || node.valueStream().anyMatch(child -> refersTo(child, references));
    }

    private static String capital(String service) {
        return service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1);
    }

    private static void rename(ObjectNode content, Map<String, String> renamed) {
        if (renamed.isEmpty()) {
            return;
        }
        redirect(content, renamed);
        renamed.forEach((from, to) -> {
            String[] step = from.substring(ROOT.length()).split("/", 2);
            ObjectNode parts = (ObjectNode) content.path(COMPONENTS).path(step[0]);
            parts.set(to.substring(to.lastIndexOf('/') + 1), parts.remove(step[1]));
        });
    }

    private static void redirect(JsonNode node, Map<String, String> renamed) {
        if (node instanceof ObjectNode object && object.path(REFERENCE).isString()) {
            String target = object.path(REFERENCE).asString();
            object.put(REFERENCE, renamed.getOrDefault(target, target));
        }
        node.forEach(child -> redirect(child, renamed));
    }
}
