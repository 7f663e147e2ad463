package cz.digidig.admin.alias;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Aliases: one target or many, and catch-alls. */
@PageController
class AliasesController {
    private static final String ALIASES = "/api/aliases";

    private final Backend backend;

    AliasesController(Backend backend) {
        this.backend = backend;
    }

    @GetMapping("/aliases")
    String list(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String cursor, Model model) {
        model.addAttribute("q", q);
        model.addAttribute("cursor", cursor);
        Answer answer =
                backend.mine().get(Service.IDENTITY, ALIASES, Map.of("q", q.strip(), "cursor", cursor, "limit", "50"));
        if (answer instanceof Answer.Away) {
            model.addAttribute("away", true);
            return "pages/aliases";
        }
        JsonNode page = answer.orThrow();
        model.addAttribute("aliases", page.path("items"));
        model.addAttribute("next", page.path("next").asString(""));
        return "pages/aliases";
    }

    @GetMapping("/aliases/new")
    String blank(@RequestParam(defaultValue = "") String address, Model model) {
        return form(model, "", address, "", true, Map.of());
    }

    @GetMapping("/aliases/{id}")
    String one(@PathVariable String id, Model model) {
        JsonNode alias = backend.mine().get(Service.IDENTITY, path(id)).orThrow();
        StringBuilder targets = new StringBuilder();
        alias.path("targets")
                .forEach(target -> targets.append(target.asString("")).append('\n'));
        return form(
                model,
                alias.path("id").asString(""),
                alias.path("address").asString(""),
                targets.toString().strip(),
                alias.path("enabled").asBoolean(true),
                Map.of());
    }

    private static String path(String id) {
        return ALIASES + "/" + Calls.segment(id);
    }

    private static String form(
            Model model, String id, String address, String targets, boolean enabled, Map<String, String> problems) {
        model.addAttribute("id", id);
        model.addAttribute("address", address);
        model.addAttribute("targets", targets);
        model.addAttribute("enabled", enabled);
        model.addAttribute("problems", problems);
        return "pages/alias";
    }

    /** Makes one, or changes the one that the id names. */
    @PostMapping("/aliases")
    String save(
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String targets,
            @RequestParam(defaultValue = "false") boolean enabled,
            Model model,
            RedirectAttributes redirect) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode all = body.putArray("targets");
        targets.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(all::add);
        body.put("enabled", enabled);
        Calls calls = backend.mine();
        Answer answer = id.isEmpty()
                ? calls.post(Service.IDENTITY, ALIASES, body.put("address", address.strip()))
                : calls.patch(Service.IDENTITY, path(id), body);
        return switch (answer) {
            case Answer.Done done -> {
                String shown = done.body().path("address").asString(address);
                Toast.done(redirect, id.isEmpty() ? "alias.created" : "alias.changed", shown);
                yield "redirect:/aliases";
            }
            case Answer.Refused refused -> form(model, id, address, targets, enabled, refused.problems("targets"));
            case Answer.Away _ -> form(model, id, address, targets, enabled, Map.of("", "away"));
        };
    }

    @PostMapping("/aliases/{id}/delete")
    String delete(@PathVariable String id, RedirectAttributes redirect) {
        switch (backend.mine().delete(Service.IDENTITY, path(id))) {
            case Answer.Done _ -> Toast.done(redirect, "alias.deleted");
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", "identity-service");
        }
        return "redirect:/aliases";
    }
}
