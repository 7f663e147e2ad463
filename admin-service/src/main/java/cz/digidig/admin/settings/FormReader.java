package cz.digidig.admin.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a form back into a configuration, by the schema that it was written by. What is no number where one is due stays as
 * text, with an error at its path; everything else is for the service to judge.
 */
final class FormReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_ITEMS = 1000;

    private final Map<String, String[]> inputs;
    private final Map<String, String> errors = new HashMap<>();
    private final String notNumber;

    /**
     * For one submission.
     *
     * @param inputs the form's values by name
     * @param notNumber what is said of what should be a number
     */
    FormReader(Map<String, String[]> inputs, String notNumber) {
        this.inputs = inputs;
        this.notNumber = notNumber;
    }

    /** What could not be read, by path. */
    Map<String, String> errors() {
        return Map.copyOf(errors);
    }

    /**
     * The configuration that the form says.
     *
     * @param before keeps what the form has no input for
     */
    ObjectNode read(JsonNode schema, JsonNode before) {
        return object("", "", schema, before);
    }

    private ObjectNode object(String from, String to, JsonNode schema, JsonNode before) {
        ObjectNode object = NODES.objectNode();
        for (String name : schema.path("properties").propertyNames()) {
            JsonNode property = schema.path("properties").path(name);
            String source = from.isEmpty() ? name : from + "." + name;
            String target = to.isEmpty() ? name : to + "." + name;
            JsonNode value = value(source, target, property, before.path(name));
            if (value != null) {
                object.set(name, value);
            }
        }
        return object;
    }

    private @Nullable JsonNode value(String from, String to, JsonNode schema, JsonNode before) {
        return switch (FormWriter.kind(schema)) {
            case GROUP -> object(from, to, schema, before);
            case ITEMS -> items(from, to, schema);
            case SWITCH -> NODES.booleanNode("true".equals(input(from)));
            case NUMBER -> input(from).isBlank() && before.isMissingNode() ? null : number(to, input(from));
            case LINES -> lines(from, to, schema.path("items"));
            case TEXT, SECRET, CHOICE ->
                inputs.containsKey(from) ? text(input(from), before) : before.isMissingNode() ? null : before;
        };
    }

    /** What was absent and is left empty stays absent. */
    private static @Nullable JsonNode text(String input, JsonNode before) {
        return input.isEmpty() && before.isNull() ? before : NODES.stringNode(input);
    }

    private ArrayNode items(String from, String to, JsonNode schema) {
        ArrayNode items = NODES.arrayNode();
        for (String index : indexes(from)) {
            int next = items.size();
            items.add(
                    object(from + "[" + index + "]", to + "[" + next + "]", schema.path("items"), NODES.missingNode()));
        }
        return items;
    }

    /** The items' numbers in the order of the form; numbers may be missing. */
    private Set<String> indexes(String path) {
        Pattern item = Pattern.compile(Pattern.quote(path) + "\\[(\\d{1,6})].*");
        Set<String> found = new LinkedHashSet<>();
        for (String name : inputs.keySet()) {
            Matcher match = item.matcher(name);
            if (match.matches() && found.size() < MOST_ITEMS) {
                found.add(match.group(1));
            }
        }
        return found;
    }

    private ArrayNode lines(String from, String to, JsonNode each) {
        ArrayNode values = NODES.arrayNode();
        boolean numbers = FormWriter.kind(each) == Field.Kind.NUMBER;
        List<String> given = new ArrayList<>(input(from)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
        for (String line : given) {
            values.add(numbers ? number(to, line) : NODES.stringNode(line));
        }
        return values;
    }

    private JsonNode number(String to, String text) {
        String digits = text.replaceAll("[\\s\\u00a0\\u202f]", "");
        if (digits.matches("-?\\d{1,18}")) {
            long whole = Long.parseLong(digits);
            // As the parser makes them: 1 as an int and 1 as a long are two nodes that differ.
            return whole == (int) whole ? NODES.numberNode((int) whole) : NODES.numberNode(whole);
        }
        if (digits.matches("-?\\d{1,18}\\.\\d{1,9}")) {
            return NODES.numberNode(Double.parseDouble(digits));
        }
        errors.put(to, notNumber);
        return NODES.stringNode(text);
    }

    private String input(String name) {
        String[] given = inputs.get(name);
        return given == null || given.length == 0 ? "" : given[given.length - 1].strip();
    }
}
