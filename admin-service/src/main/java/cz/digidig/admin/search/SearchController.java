package cz.digidig.admin.search;

import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
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
            Calls calls = backend.mine();
            add(hits, calls, text, "account", "/api/accounts", "email", "/accounts/", "id");
            add(hits, calls, text, "alias", "/api/aliases", "address", "/aliases/", "id");
            add(hits, calls, text, "domain", "/api/domains", "name", "/domains/", "name");
            if (whole) {
                addOfSuite(hits, calls, text);
            }
        }
        model.addAttribute("q", text);
        model.addAttribute("hits", hits);
        return "pages/search";
    }

    private void addOfSuite(List<Hit> hits, Calls calls, String text) {
        calls.get(Service.SMTP, "/api/queue/" + Calls.segment(text))
                .content()
                .map(one -> one.path("id").asString(""))
                .filter(id -> !id.isEmpty())
                .ifPresent(id -> hits.add(new Hit("message", id, "/mail/queue/" + Calls.segment(id))));
        for (SettingSearch.Found found : settings.find(text, MOST_SETTINGS)) {
            String service =
                    messages.getMessage("service." + found.service().key(), null, LocaleContextHolder.getLocale());
            hits.add(new Hit("setting", service + ": " + found.title(), found.link()));
        }
    }

    private static void add(
            List<Hit> hits, Calls calls, String q, String kind, String path, String name, String page, String key) {
        JsonNode found = calls.get(Service.IDENTITY, path, Map.of("q", q, "limit", MOST))
                .content()
                .orElse(MissingNode.getInstance());
        for (JsonNode one : found.path("items")) {
            hits.add(new Hit(
                    kind,
                    one.path(name).asString(""),
                    page + Calls.segment(one.path(key).asString(""))));
        }
    }
}
