package cz.digidig.admin.search;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Calls.Wanted;
import cz.digidig.admin.backend.Service;
import cz.digidig.admin.settings.SettingSearch;
import cz.digidig.common.web.PageController;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The search of the bar. What it finds leads on; a message id leads to the log lines that name it. */
@PageController
class SearchController {
    private static final String MOST = "10";

    private static final int MOST_SETTINGS = 10;

    private final Backend backend;
    private final SettingSearch settings;
    private final MessageSource messages;

    SearchController(Backend backend, SettingSearch settings, MessageSource messages) {
        this.backend = backend;
        this.settings = settings;
        this.messages = messages;
    }

    /**
     * Something found.
     *
     * @param kind a message key's end
     * @param name what it is called
     * @param link where it is
     */
    record Hit(String kind, String name, String link) {}

    @GetMapping("/search")
    String search(@RequestParam(defaultValue = "") String q, @ModelAttribute("whole") boolean whole, Model model) {
        String text = q.strip();
        List<Hit> hits = new ArrayList<>();
        if (!text.isEmpty()) {
            List<Wanted> wanted = new ArrayList<>(
                    List.of(many("/api/accounts", text), many("/api/aliases", text), many("/api/domains", text)));
            if (whole) {
                wanted.add(new Wanted(Service.SMTP, "/api/queue/" + Calls.segment(text)));
            }
            List<Answer> found = backend.mine().get(wanted);
            add(hits, found.get(0), "account", "email", "/accounts/", "id");
            add(hits, found.get(1), "alias", "address", "/aliases/", "id");
            add(hits, found.get(2), "domain", "name", "/domains/", "name");
            if (whole) {
                found.get(3)
                        .content()
                        .map(one -> one.path("id").asString(""))
                        .filter(id -> !id.isEmpty())
                        .ifPresent(id -> hits.add(new Hit("message", id, "/mail/queue/" + Calls.segment(id))));
                addSettings(hits, text);
            }
        }
        model.addAttribute("q", text);
        model.addAttribute("hits", hits);
        return "pages/search";
    }

    private static Wanted many(String path, String q) {
        return new Wanted(Service.IDENTITY, path, Map.of("q", q, "limit", MOST));
    }

    private void addSettings(List<Hit> hits, String text) {
        for (SettingSearch.Found found : settings.find(text, MOST_SETTINGS)) {
            String service =
                    messages.getMessage("service." + found.service().key(), null, LocaleContextHolder.getLocale());
            hits.add(new Hit("setting", service + ": " + found.title(), found.link()));
        }
    }

    private static void add(List<Hit> hits, Answer found, String kind, String name, String page, String key) {
        for (JsonNode one : found.content().orElse(MissingNode.getInstance()).path("items")) {
            hits.add(new Hit(
                    kind,
                    one.path(name).asString(""),
                    page + Calls.segment(one.path(key).asString(""))));
        }
    }
}
