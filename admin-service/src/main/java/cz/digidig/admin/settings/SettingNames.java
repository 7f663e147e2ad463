package cz.digidig.admin.settings;

import cz.digidig.admin.backend.Service;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What settings are called. Their English words come with the schema; other languages have theirs in
 * {@code messages/settings_<language>}, by service and path without the numbers of items.
 */
@Component
class SettingNames {
    private final MessageSource words;

    SettingNames() {
        ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();
        bundle.setBasename("messages/settings");
        bundle.setDefaultEncoding("UTF-8");
        bundle.setFallbackToSystemLocale(false);
        words = bundle;
    }

    String title(Service service, String path, JsonNode schema) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        return word(service.key() + "." + general(path), schema.path("title").asString(humanized(last)));
    }

    String help(Service service, String path, JsonNode schema) {
        return word(
                service.key() + "." + general(path) + ".help",
                schema.path("description").asString(""));
    }

    String group(String title) {
        return word("group." + title.replace(' ', '-'), title);
    }

    String value(String value, String title) {
        return word("value." + value, title);
    }

    private String word(String key, String otherwise) {
        Locale locale = LocaleContextHolder.getLocale();
        String found = words.getMessage(key, null, otherwise, locale);
        return found == null ? otherwise : found;
    }

    private static String general(String path) {
        return path.replaceAll("\\[[^]]*]", "");
    }

    /** {@code maxMessageSize} as "Max message size". */
    static String humanized(String name) {
        String plain = general(name).replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return plain.isEmpty() ? plain : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
    }
}
