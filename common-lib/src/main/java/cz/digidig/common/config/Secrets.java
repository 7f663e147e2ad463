package cz.digidig.common.config;

import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Secrets within a configuration: every text field by the name {@code password}. Whoever reads the configuration sees
 * {@link #MASK} in its place, and may send that back for what it was.
 */
final class Secrets {
    static final String MASK = "********";
    private static final String FIELD = "password";

    private Secrets() {}

    private static boolean secret(String name, JsonNode value) {
        return name.equals(FIELD) && value.isString() && !value.stringValue().isEmpty();
    }

    /** A copy for the eyes of others. */
    static JsonNode hidden(JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        mask(copy);
        return copy;
    }

    private static void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode value = object.get(name);
                if (secret(name, value)) {
                    object.set(name, StringNode.valueOf(MASK));
                } else {
                    mask(value);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(Secrets::mask);
        }
    }

    /**
     * Puts in what stands behind the masks.
     *
     * @param changed what came in; is changed in place
     * @param before the configuration in effect, with its secrets
     * @throws InvalidFields a mask stands where there was no secret
     */
    static void reveal(JsonNode changed, JsonNode before) {
        List<FieldProblem> unknown = new ArrayList<>();
        reveal(changed, before, "", unknown);
        if (!unknown.isEmpty()) {
            throw new InvalidFields(unknown);
        }
    }

    private static void reveal(JsonNode changed, JsonNode before, String path, List<FieldProblem> unknown) {
        if (changed instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                String place = path.isEmpty() ? name : path + "." + name;
                JsonNode value = object.get(name);
                JsonNode former = before.path(name);
                if (!secret(name, value) || !value.stringValue().equals(MASK)) {
                    reveal(value, former, place, unknown);
                } else if (secret(name, former)) {
                    object.set(name, former);
                } else {
                    unknown.add(new FieldProblem(place, "the secret itself is needed here"));
                }
            }
        } else if (changed instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                reveal(array.get(i), counterpart(array.get(i), i, before), path + "[" + i + "]", unknown);
            }
        }
    }

    /** The element that looks the same, wherever it stood; else the one that stood there. */
    private static JsonNode counterpart(JsonNode element, int index, JsonNode before) {
        for (JsonNode former : before) {
            if (hidden(former).equals(element)) {
                return former;
            }
        }
        return before.path(index);
    }
}
