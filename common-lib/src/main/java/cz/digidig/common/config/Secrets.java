package cz.digidig.common.config;

import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Secrets within a configuration: every text field by the name {@code password}. Whoever reads the configuration sees
 * {@link #MASK} in its place, and may send that back for what it was. In files they are encrypted.
 */
final class Secrets {
    static final String MASK = "********";
    private static final String FIELD = "password";

    private Secrets() {}

    /** Whether a field by this name is one. */
    static boolean named(String name) {
        return name.equals(FIELD);
    }

    private static boolean secret(String name, JsonNode value) {
        return named(name) && value.isString() && !value.stringValue().isEmpty();
    }

    /** What is done to each secret. */
    @FunctionalInterface
    private interface Change<E extends Exception> {
        String apply(String path, String secret) throws E;
    }

    /** A copy for the eyes of others. */
    static JsonNode hidden(JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        change(copy, "", (_, _) -> MASK);
        return copy;
    }

    /**
     * A copy for the file.
     *
     * @throws IOException the key can't be made
     */
    static JsonNode sealed(JsonNode tree, ConfigurationKey key) throws IOException {
        JsonNode copy = tree.deepCopy();
        Secrets.<IOException>change(copy, "", (_, secret) -> key.seal(secret));
        return copy;
    }

    /**
     * Decrypts what came from a file; what is in clear there stays as it is.
     *
     * @param tree is changed in place: a secret that can't be decrypted is empty
     * @return the places of those
     */
    static List<String> open(JsonNode tree, ConfigurationKey key) {
        List<String> lost = new ArrayList<>();
        Secrets.<RuntimeException>change(tree, "", (path, secret) -> {
            if (!ConfigurationKey.encrypted(secret)) {
                return secret;
            }
            Optional<String> opened = key.open(secret);
            if (opened.isEmpty()) {
                lost.add(path);
            }
            return opened.orElse("");
        });
        return lost;
    }

    private static <E extends Exception> void change(JsonNode node, String path, Change<E> change) throws E {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode value = object.get(name);
                String place = path.isEmpty() ? name : path + "." + name;
                if (secret(name, value)) {
                    object.set(name, StringNode.valueOf(change.apply(place, value.stringValue())));
                } else {
                    change(value, place, change);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                change(array.get(i), path + "[" + i + "]", change);
            }
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
