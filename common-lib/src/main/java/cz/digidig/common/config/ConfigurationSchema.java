package cz.digidig.common.config;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes a configuration as JSON Schema 2020-12: ranges by the validation annotations of the record's components,
 * titles and descriptions by {@link io.swagger.v3.oas.annotations.media.Schema}, defaults by the default configuration.
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
        ObjectNode schema = new SchemaGenerator(builder.build()).generateSchema(type);
        addDefaults(schema, defaults);
        return schema;
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
