package cz.digidig.common.config;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.common.rest.JsonProblems;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes one kind of configuration: strictly, completed by its defaults, and validated. */
final class ConfigurationJson<T extends Record> {
    private final JsonMapper json;
    private final Validator validator;
    private final Class<T> type;
    private final JsonNode defaults;
    private final ConfigurationKey key;

    /**
     * What a file says.
     *
     * @param lost the places of secrets that can't be decrypted; they are empty
     */
    record Saved<T>(T configuration, List<String> lost) {}

    ConfigurationJson(JsonMapper json, Validator validator, Class<T> type, T defaults, ConfigurationKey key) {
        this.json = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
        this.validator = validator;
        this.type = type;
        this.key = key;
        this.defaults = this.json.valueToTree(defaults);
        validate(defaults);
    }

    private JsonNode tree(T configuration) {
        return json.valueToTree(configuration);
    }

    /** For the eyes of others: without secrets. */
    JsonNode shown(T configuration) {
        return Secrets.hidden(tree(configuration));
    }

    /** A saved text for the eyes of others; empty where it can't be read. */
    Optional<String> shown(String text) {
        try {
            return Optional.of(json.writeValueAsString(Secrets.hidden(json.readTree(text))) + "\n");
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /** For the file: its secrets encrypted. */
    String text(T configuration) throws IOException {
        return json.writeValueAsString(Secrets.sealed(tree(configuration), key)) + "\n";
    }

    private String plainText(T configuration) {
        return json.writeValueAsString(configuration) + "\n";
    }

    /** Strong, and the same wherever the content is the same. */
    String etag(T configuration) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(plainText(configuration).getBytes(StandardCharsets.UTF_8));
            return "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A whole configuration from a file; what is missing has its default. Fields that this release does not know are left
     * out: a newer one may have written them.
     *
     * @param unknown is told of each, as a path
     */
    Saved<T> read(String text, Consumer<String> unknown) {
        ObjectNode whole = merged(defaults, object(text));
        List<String> lost = Secrets.open(whole, key);
        T read = convert(
                whole,
                json.rebuild()
                        .addHandler(new DeserializationProblemHandler() {
                            @Override
                            public boolean handleUnknownProperty(
                                    DeserializationContext context,
                                    JsonParser parser,
                                    ValueDeserializer<?> deserializer,
                                    Object bean,
                                    String name) {
                                unknown.accept(parser.streamReadContext()
                                        .pathAsPointer()
                                        .toString()
                                        .substring(1));
                                parser.skipChildren();
                                return true;
                            }
                        })
                        .build());
        return new Saved<>(read, lost);
    }

    /** A whole configuration in place of another, whose secrets it may leave as they are. */
    T replacement(T current, String text) {
        JsonNode whole = merged(defaults, object(text));
        Secrets.reveal(whole, tree(current));
        return convert(whole);
    }

    /** A change of some fields (RFC 7396); what is set to null has its default. */
    T patch(T current, String text) {
        JsonNode before = tree(current);
        JsonNode changed = patched(before, object(text));
        Secrets.reveal(changed, before);
        return convert(merged(defaults, (ObjectNode) changed));
    }

    private ObjectNode object(String text) {
        try {
            if (json.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException unreadable) {
            throw JsonProblems.of(unreadable);
        }
        throw new ProblemException(ErrorCode.MALFORMED, "a JSON object is expected");
    }

    /** Objects are merged, anything else is taken from the upper one. */
    private static ObjectNode merged(JsonNode lower, ObjectNode upper) {
        ObjectNode result =
                lower instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (String name : upper.propertyNames()) {
            JsonNode value = upper.get(name);
            JsonNode below = result.get(name);
            result.set(name, value instanceof ObjectNode inner && below != null ? merged(below, inner) : value);
        }
        return result;
    }

    private static JsonNode patched(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result =
                target instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (String name : changes.propertyNames()) {
            JsonNode value = changes.get(name);
            if (value.isNull()) {
                result.remove(name);
            } else {
                JsonNode below = result.get(name);
                result.set(name, patched(below == null ? JsonNodeFactory.instance.missingNode() : below, value));
            }
        }
        return result;
    }

    private T convert(JsonNode tree) {
        return convert(tree, json);
    }

    private T convert(JsonNode tree, JsonMapper mapper) {
        try {
            T read = mapper.treeToValue(tree, type);
            if (read == null) {
                throw new ProblemException(ErrorCode.MALFORMED, "a JSON object is expected");
            }
            validate(read);
            return read;
        } catch (JacksonException unreadable) {
            throw JsonProblems.of(unreadable);
        }
    }

    private void validate(T configuration) {
        List<FieldProblem> problems = validator.validate(configuration).stream()
                .map(violation -> new FieldProblem(place(violation.getPropertyPath()), violation.getMessage()))
                .sorted(Comparator.comparing(FieldProblem::field))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
    }

    /** Without the words that the validator has for what stands in a list. */
    private static String place(Path path) {
        return path.toString().replaceAll("\\.<[a-z ]+>", "");
    }

    /** Whether there is an empty text at a place like {@code hosts[0].password}. */
    boolean empty(T configuration, String place) {
        String pointer = "/" + place.replaceAll("\\[(\\d+)]", "/$1").replace('.', '/');
        JsonNode value = tree(configuration).at(pointer);
        return value.isString() && value.stringValue().isEmpty();
    }

    JsonNode defaults() {
        return defaults;
    }
}
