package cz.digidig.storage.search;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import cz.digidig.common.api.storage.SearchKey;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Describes the kinds of {@link SearchKey} by their names; springdoc leaves out the names, and keys within keys. */
@Component
class SearchKeySchemas implements OpenApiCustomizer {
    private static final String BASE = SearchKey.class.getSimpleName();
    private static final String TYPE = "type";

    @Override
    public void customise(OpenAPI document) {
        var schemas = document.getComponents().getSchemas();
        Schema<Object> base = new Schema<>(SpecVersion.V31);
        base.setDescription("What a search looks for");
        Discriminator kinds = new Discriminator().propertyName(TYPE);
        for (JsonSubTypes.Type kind : Objects.requireNonNull(SearchKey.class.getAnnotation(JsonSubTypes.class))
                .value()) {
            String name = kind.value().getSimpleName();
            Schema<Object> described = described(kind.name(), kind.value());
            described.setDescription(schemas.getOrDefault(name, described).getDescription());
            schemas.put(name, described);
            base.addOneOfItem(reference(name));
            kinds.mapping(kind.name(), reference(name).get$ref());
        }
        schemas.put(BASE, base.discriminator(kinds));
        Schema<?> request = Objects.requireNonNull(schemas.get("SearchRequest"));
        var fields = request.getProperties();
        fields.put("key", reference(BASE));
    }

    private static Schema<Object> described(String name, Class<?> kind) {
        Schema<Object> schema = typed("object");
        Schema<Object> type = typed("string");
        type.setDescription("which kind of key it is");
        type.addEnumItemObject(name);
        schema.addProperty(TYPE, type);
        List<String> required = new ArrayList<>(List.of(TYPE));
        for (RecordComponent component : kind.getRecordComponents()) {
            schema.addProperty(component.getName(), schemaOf(component));
            required.add(component.getName());
        }
        schema.setRequired(required);
        return schema;
    }

    private static Schema<Object> schemaOf(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == List.class) {
            Schema<Object> list = typed("array");
            list.setItems(reference(BASE));
            return list;
        }
        if (type == SearchKey.class) {
            return reference(BASE);
        }
        if (type == long.class) {
            return typed("integer", "int64");
        }
        if (type == LocalDate.class) {
            return typed("string", "date");
        }
        Schema<Object> text = typed("string");
        if (type.isEnum()) {
            Stream.of(type.getEnumConstants()).forEach(constant -> text.addEnumItemObject(constant.toString()));
        }
        return text;
    }

    private static Schema<Object> typed(String type) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        return schema;
    }

    private static Schema<Object> typed(String type, String format) {
        Schema<Object> schema = typed(type);
        schema.setFormat(format);
        return schema;
    }

    private static Schema<Object> reference(String name) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.set$ref("#/components/schemas/" + name);
        return schema;
    }
}
