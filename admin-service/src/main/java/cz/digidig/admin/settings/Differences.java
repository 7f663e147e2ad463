package cz.digidig.admin.settings;

import cz.digidig.admin.backend.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What two configurations differ in, as people read it. */
final class Differences {
    private static final String HIDDEN = "••••••";

    private final Service service;
    private final SettingNames names;
    private final JsonNode schema;

    Differences(Service service, SettingNames names, JsonNode schema) {
        this.service = service;
        this.names = names;
        this.schema = schema;
    }

    /**
     * One of them.
     *
     * @param path where
     * @param title the setting, with what it is a part of
     * @param before null: it was not there
     * @param after null: it is not there any more
     */
    record Difference(
            String path,
            String title,
            @Nullable String before,
            @Nullable String after) {}

    /** All of them, in the form's order. */
    List<Difference> between(JsonNode before, JsonNode after) {
        Map<String, Value> old = flat(before);
        Map<String, Value> fresh = flat(after);
        Map<String, Value> all = new LinkedHashMap<>(fresh);
        old.forEach(all::putIfAbsent);
        List<Difference> found = new ArrayList<>();
        all.forEach((path, value) -> {
            Value was = old.get(path);
            Value is = fresh.get(path);
            if (was == null || is == null || !was.text().equals(is.text())) {
                found.add(new Difference(path, value.title(), shown(was), shown(is)));
            }
        });
        return found;
    }

    private record Value(String title, String text, boolean secret) {}

    private static @Nullable String shown(@Nullable Value value) {
        if (value == null) {
            return null;
        }
        return value.secret() && !value.text().isEmpty() ? HIDDEN : value.text();
    }

    private Map<String, Value> flat(JsonNode values) {
        Map<String, Value> all = new LinkedHashMap<>();
        flatten("", "", schema, values, all);
        return all;
    }

    private void flatten(String path, String title, JsonNode part, JsonNode value, Map<String, Value> all) {
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        switch (FormWriter.kind(part)) {
            case GROUP -> {
                for (String name : part.path("properties").propertyNames()) {
                    String below = path.isEmpty() ? name : path + "." + name;
                    JsonNode property = part.path("properties").path(name);
                    String own = names.title(service, below, property);
                    flatten(below, title.isEmpty() ? own : title + " › " + own, property, value.path(name), all);
                }
            }
            case ITEMS -> {
                for (int i = 0; i < value.size(); i++) {
                    String name = itemName(value.path(i), i);
                    flatten(path + "[" + i + "]", title + " › " + name, part.path("items"), value.path(i), all);
                }
            }
            case SECRET -> all.put(path, new Value(title, FormWriter.text(value), true));
            case TEXT, NUMBER, SWITCH, CHOICE, LINES ->
                all.put(path, new Value(title, FormWriter.text(value).replace("\n", ", "), false));
        }
    }

    private static String itemName(JsonNode item, int index) {
        String name = item.path("name").asString(item.path("host").asString(""));
        return name.isEmpty() ? String.valueOf(index + 1) : name;
    }

    /**
     * The changes from one configuration to another, made to a third: whatever differs at the top level, groups field by
     * field, lists as a whole.
     */
    static ObjectNode onTopOf(JsonNode theirs, JsonNode before, JsonNode mine) {
        ObjectNode merged =
                theirs.isObject() ? ((ObjectNode) theirs).deepCopy() : JsonNodeFactory.instance.objectNode();
        for (String name : mine.propertyNames()) {
            JsonNode wanted = mine.path(name);
            JsonNode was = before.path(name);
            if (wanted.equals(was)) {
                continue;
            }
            merged.set(name, wanted.isObject() && was.isObject() ? onTopOf(theirs.path(name), was, wanted) : wanted);
        }
        return merged;
    }
}
