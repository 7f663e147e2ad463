package cz.digidig.common.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import com.github.victools.jsonschema.module.swagger2.Swagger2Module;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes a configuration as JSON Schema 2020-12: ranges by the validation annotations of the record's components,
 * titles and descriptions by {@link Schema}, defaults by the default configuration, in the record's order. For forms
 * there are also {@code x-group} and {@code x-unit} ({@link Setting}), {@code x-enum-titles}, and of secrets {@code
 * writeOnly} with the format {@code password}.
 */
final class ConfigurationSchema {
    private ConfigurationSchema() {}

    static JsonNode of(Class<? extends Record> type, JsonNode defaults) {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.INLINE_ALL_SCHEMAS, Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                .with(Option.EXTRA_OPEN_API_FORMAT_VALUES)
                .with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS))
                .with(new Swagger2Module());
        builder.forTypesInGeneral().withPropertySorter((_, _) -> 0).withTypeAttributeOverride((node, scope, _) -> {
            if (scope.getType().getErasedType().isEnum()) {
                enumTitles(node, scope.getType().getErasedType());
            }
        });
        builder.forFields().withInstanceAttributeOverride((node, field, _) -> forForms(node, field));
        ObjectNode schema = new SchemaGenerator(builder.build()).generateSchema(type);
        addDefaults(schema, defaults);
        return schema;
    }

    /** What each value is called in a form. */
    private static void enumTitles(ObjectNode node, Class<?> type) {
        List<Field> constants = Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .filter(constant -> constant.isAnnotationPresent(Schema.class))
                .toList();
        if (!constants.isEmpty() && node.get("enum") != null) {
            ObjectNode titles = node.putObject("x-enum-titles");
            for (Field constant : constants) {
                JsonProperty named = constant.getAnnotation(JsonProperty.class);
                titles.put(
                        named == null ? constant.getName() : named.value(),
                        constant.getAnnotation(Schema.class).title());
            }
        }
    }

    private static void forForms(ObjectNode node, FieldScope field) {
        Setting setting = field.getAnnotation(Setting.class);
        if (setting != null && !field.isFakeContainerItemScope()) {
            if (!setting.group().isEmpty()) {
                node.put("x-group", setting.group());
            }
            if (!setting.unit().isEmpty()) {
                node.put("x-unit", setting.unit());
            }
        }
        if (Secrets.named(field.getName())) {
            node.put("format", "password");
            node.put("writeOnly", true);
        }
    }

    private static void addDefaults(ObjectNode schema, JsonNode defaults) {
        if (!(schema.get("properties") instanceof ObjectNode properties)) {
            return;
        }
        for (String name : properties.propertyNames()) {
            JsonNode value = defaults.get(name);
            if (value != null && properties.get(name) instanceof ObjectNode property) {
                if (value.isObject()) {
                    addDefaults(property, value);
                } else {
                    property.set("default", value);
                }
            }
        }
    }
}
