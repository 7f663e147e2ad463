package cz.digidig.admin.settings;

import cz.digidig.admin.backend.Service;
import cz.digidig.admin.settings.Field.Bounds;
import cz.digidig.admin.settings.Field.Kind;
import cz.digidig.admin.settings.Field.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Writes a form: schema and values in, fields out. */
final class FormWriter {
    /** The number of an item that a script will number. */
    private static final String UNNUMBERED = "#";

    private final Service service;
    private final SettingNames names;
    private final Map<String, String> errors;

    /**
     * For one form.
     *
     * @param errors by path, what was refused
     */
    FormWriter(Service service, SettingNames names, Map<String, String> errors) {
        this.service = service;
        this.names = names;
        this.errors = Map.copyOf(errors);
    }

    /**
     * A part of the form with a title of its own.
     *
     * @param title as people read it
     * @param id for links to it
     */
    record Section(String title, String id, List<Field> fields) {
        public boolean hasError() {
            return fields.stream().anyMatch(Field::hasError);
        }
    }

    /** The form by the groups that the schema names, in its order. */
    List<Section> sections(JsonNode schema, JsonNode values) {
        Map<String, List<Field>> grouped = new LinkedHashMap<>();
        String group = "General";
        for (String name : schema.path("properties").propertyNames()) {
            JsonNode property = schema.path("properties").path(name);
            group = property.path("x-group").asString(group);
            grouped.computeIfAbsent(group, _ -> new ArrayList<>()).add(field(name, property, values.path(name)));
        }
        List<Section> sections = new ArrayList<>();
        grouped.forEach((title, fields) ->
                sections.add(new Section(names.group(title), "g-" + title.replaceAll("[^A-Za-z0-9]", ""), fields)));
        return sections;
    }

    private Field field(String path, JsonNode schema, JsonNode value) {
        return switch (kind(schema)) {
            case GROUP -> make(Kind.GROUP, path, schema, value, List.of(), parts(path, schema, value), null);
            case ITEMS -> items(path, schema, value);
            case CHOICE -> make(Kind.CHOICE, path, schema, value, options(schema), List.of(), null);
            case TEXT, SECRET, NUMBER, SWITCH, LINES ->
                make(kind(schema), path, schema, value, List.of(), List.of(), null);
        };
    }

    static Kind kind(JsonNode schema) {
        if (schema.has("enum")) {
            return Kind.CHOICE;
        }
        return switch (type(schema)) {
            case "object" -> Kind.GROUP;
            case "array" -> type(schema.path("items")).equals("object") ? Kind.ITEMS : Kind.LINES;
            case "boolean" -> Kind.SWITCH;
            case "integer", "number" -> Kind.NUMBER;
            default -> "password".equals(schema.path("format").asString("")) ? Kind.SECRET : Kind.TEXT;
        };
    }

    /** The type, where null is allowed beside it too. */
    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (!one.asString("").equals("null")) {
                    return one.asString("");
                }
            }
        }
        return type.asString("");
    }

    private List<Field> parts(String path, JsonNode schema, JsonNode value) {
        List<Field> parts = new ArrayList<>();
        for (String name : schema.path("properties").propertyNames()) {
            parts.add(field(path + "." + name, schema.path("properties").path(name), value.path(name)));
        }
        return parts;
    }

    private Field items(String path, JsonNode schema, JsonNode value) {
        List<Field> items = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            items.add(item(path + "[" + i + "]", schema.path("items"), value.path(i)));
        }
        Field pattern = item(path + "[" + UNNUMBERED + "]", schema.path("items"), MissingNode.getInstance());
        return make(Kind.ITEMS, path, schema, value, List.of(), items, pattern);
    }

    private Field item(String path, JsonNode schema, JsonNode value) {
        List<Field> parts = parts(path, schema, value);
        String title = parts.stream()
                .filter(part -> part.kind() == Kind.TEXT || part.kind() == Kind.NUMBER)
                .map(Field::value)
                .filter(text -> !text.isBlank())
                .limit(3)
                .reduce((a, b) -> a + " · " + b)
                .orElse("");
        return new Field(Kind.GROUP, path, title, "", "", null, Bounds.NONE, List.of(), parts, null, errors.get(path));
    }

    private Field make(
            Kind kind,
            String path,
            JsonNode schema,
            JsonNode value,
            List<Option> options,
            List<Field> parts,
            @Nullable Field pattern) {
        JsonNode standard = schema.path("default");
        boolean given = !value.isMissingNode() && !value.isNull();
        return new Field(
                kind,
                path,
                names.title(service, path, schema),
                names.help(service, path, schema),
                given ? text(value) : text(standard),
                standard.isMissingNode() || kind == Kind.ITEMS ? null : text(standard),
                bounds(schema),
                options,
                parts,
                pattern,
                error(path, kind));
    }

    /** A problem of one line of a list is shown at the list. */
    private @Nullable String error(String path, Kind kind) {
        String own = errors.get(path);
        if (own != null || kind != Kind.LINES) {
            return own;
        }
        return errors.entrySet().stream()
                .filter(error -> error.getKey().startsWith(path + "["))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private List<Option> options(JsonNode schema) {
        List<Option> options = new ArrayList<>();
        for (JsonNode one : schema.path("enum")) {
            String value = one.asString("");
            options.add(new Option(
                    value,
                    names.value(value, schema.path("x-enum-titles").path(value).asString(value))));
        }
        return options;
    }

    private static Bounds bounds(JsonNode schema) {
        return new Bounds(
                schema.has("minimum") ? schema.get("minimum").numberValue() : null,
                schema.has("maximum") ? schema.get("maximum").numberValue() : null,
                schema.has("maxLength") ? schema.get("maxLength").asInt() : null,
                schema.path("x-unit").asString(""),
                example(schema));
    }

    private static String example(JsonNode schema) {
        JsonNode example = schema.has("examples") ? schema.path("examples").path(0) : schema.path("example");
        return text(example).replaceAll("^\\[\"|\"]$", "");
    }

    /** As it stands in an input. */
    static String text(JsonNode value) {
        if (value.isArray()) {
            StringBuilder lines = new StringBuilder();
            for (JsonNode one : value) {
                lines.append(lines.isEmpty() ? "" : "\n").append(text(one));
            }
            return lines.toString();
        }
        return value.isMissingNode() || value.isNull() ? "" : value.isValueNode() ? value.asString() : value.toString();
    }
}
