package cz.digidig.identity.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** Refuses texts that PostgreSQL can't keep: those with the character NUL. */
@JacksonComponent(type = String.class)
class StorableText extends StringDeserializer {
    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        return isStorable(text)
                ? text
                : (String) context.handleWeirdStringValue(String.class, text, "a text holds no character NUL");
    }

    static boolean isStorable(@Nullable String text) {
        return text == null || text.indexOf('\0') < 0;
    }
}
