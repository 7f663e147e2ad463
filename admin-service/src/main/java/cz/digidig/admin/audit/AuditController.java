package cz.digidig.admin.audit;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The audit log, filtered; the page's address holds the filter. */
@PageController
class AuditController {
    private static final String AUDIT = "/api/audit";

    private final Backend backend;

    AuditController(Backend backend) {
        this.backend = backend;
    }

    @GetMapping("/audit")
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String cursor,
            Model model) {
        model.addAttribute("q", q);
        model.addAttribute("action", action);
        model.addAttribute("cursor", cursor);
        Answer answer = backend.mine()
                .get(
                        Service.IDENTITY,
                        AUDIT,
                        Map.of("q", q.strip(), "action", action.strip(), "cursor", cursor, "limit", "100"));
        if (answer instanceof Answer.Away) {
            model.addAttribute("away", true);
            return "pages/audit";
        }
        JsonNode page = answer.orThrow();
        model.addAttribute("events", page.path("items"));
        model.addAttribute("next", page.path("next").asString(""));
        return "pages/audit";
    }
}
