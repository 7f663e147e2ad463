package cz.digidig.client.mailbox;

import cz.digidig.client.backend.Conversation;
import cz.digidig.client.backend.MessageSummary;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.configuration.ClientSettings;
import cz.digidig.client.preferences.Preferences;
import cz.digidig.client.preferences.PreferencesStore;
import cz.digidig.common.api.storage.Page;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.signin.Person;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What stands around a message: the folders, and the list that it is in. */
@Component
public class Frame {
    private final Folders folders;
    private final Storage storage;
    private final PreferencesStore preferences;
    private final ConfigurationStore<ClientSettings> settings;

    Frame(Folders folders, Storage storage, PreferencesStore preferences, ConfigurationStore<ClientSettings> settings) {
        this.folders = folders;
        this.storage = storage;
        this.preferences = preferences;
        this.settings = settings;
    }

    /** The rail alone. */
    public List<Folder> rail(Person person, Locale language, Model model) {
        List<Folder> all = folders.all(language);
        Preferences own = preferences.of(person.accountId());
        model.addAttribute("folders", all);
        model.addAttribute(
                "favourites",
                own.favoured().folders().stream()
                        .flatMap(id -> all.stream().filter(folder -> folder.id().equals(id)))
                        .toList());
        model.addAttribute("preferences", own);
        return all;
    }

    /** The rail and one folder's list. */
    public Folder list(
            Person person,
            Locale language,
            String mailbox,
            @Nullable String query,
            @Nullable String cursor,
            Model model) {
        Folder folder = Folders.find(rail(person, language, model), mailbox);
        rows(person, folder, query, cursor, model);
        return folder;
    }

    void rows(Person person, Folder folder, @Nullable String query, @Nullable String cursor, Model model) {
        String wanted = query == null || query.isBlank() ? null : query;
        String from = cursor == null || cursor.isEmpty() ? null : cursor;
        int size = settings.current().pageSize();
        if (wanted == null && !folder.outgoing() && preferences(person).grouped()) {
            Page<Conversation> page = storage.threads(folder.id(), from, size);
            model.addAttribute("rows", Row.of(page.items()));
            model.addAttribute("next", page.next());
        } else {
            Page<MessageSummary> page = storage.list(folder.id(), wanted, from, size);
            model.addAttribute("rows", Row.of(page.items(), folder));
            model.addAttribute("next", page.next());
        }
        model.addAttribute("folder", folder);
        model.addAttribute("q", query == null ? "" : query);
        model.addAttribute("cursor", cursor == null ? "" : cursor);
    }

    public Preferences preferences(Person person) {
        return preferences.of(person.accountId());
    }
}
