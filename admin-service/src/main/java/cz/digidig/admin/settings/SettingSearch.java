package cz.digidig.admin.settings;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls.Wanted;
import cz.digidig.admin.backend.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds settings of all services by what the page's language calls them, or by their names in the file. */
@Component
public final class SettingSearch {
    private final Backend backend;
    private final SettingNames names;

    SettingSearch(Backend backend, SettingNames names) {
        this.backend = backend;
        this.names = names;
    }

    /**
     * A setting.
     *
     * @param title as its form calls it
     * @param link the part of the form that has it
     */
    public record Found(Service service, String title, String link) {}

    /** What the text is a part of the name of, at most so many. */
    public List<Found> find(String text, int most) {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<Service> services = backend.services();
        List<Answer> schemas = backend.mine()
                .get(services.stream()
                        .map(service -> new Wanted(service, SettingsController.SCHEMA))
                        .toList());
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            Service service = services.get(i);
            schemas.get(i)
                    .content()
                    .map(schema -> new FormWriter(service, names, Map.of())
                            .sections(schema, JsonNodeFactory.instance.objectNode()))
                    .ifPresent(sections -> sections.forEach(section ->
                            section.fields().forEach(field -> add(found, service, section.id(), field, wanted))));
        }
        return found.stream().limit(most).toList();
    }

    private static void add(List<Found> found, Service service, String section, Field field, String wanted) {
        if (field.title().toLowerCase(Locale.ROOT).contains(wanted)
                || field.path().toLowerCase(Locale.ROOT).contains(wanted)) {
            found.add(new Found(service, field.title(), "/settings/" + service.key() + "#" + section));
        } else {
            field.parts().forEach(part -> add(found, service, section, part, wanted));
        }
    }
}
