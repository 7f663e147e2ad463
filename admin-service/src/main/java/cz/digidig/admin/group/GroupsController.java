package cz.digidig.admin.group;

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

/** Groups: who their members are, and whose mail they take. */
@PageController
class GroupsController {
    private static final String GROUPS = "/api/groups";

    private final Backend backend;

    GroupsController(Backend backend) {
        this.backend = backend;
    }

    @GetMapping("/groups")
    String list(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String cursor, Model model) {
        model.addAttribute("q", q);
        model.addAttribute("cursor", cursor);
        Answer answer =
                backend.mine().get(Service.IDENTITY, GROUPS, Map.of("q", q.strip(), "cursor", cursor, "limit", "50"));
        if (answer instanceof Answer.Away) {
            model.addAttribute("away", true);
            return "pages/groups";
        }
        JsonNode page = answer.orThrow();
        model.addAttribute("groups", page.path("items"));
        model.addAttribute("next", page.path("next").asString(""));
        return "pages/groups";
    }

    @GetMapping("/groups/new")
    String blank(Model model) {
        return page(model, GroupForm.BLANK, Map.of());
    }

    @GetMapping("/groups/{id}")
    String one(@PathVariable String id, Model model) {
        return page(
                model,
                GroupForm.of(backend.mine().get(Service.IDENTITY, path(id)).orThrow()),
                Map.of());
    }

    private static String path(String id) {
        return GROUPS + "/" + Calls.segment(id);
    }

    private static String page(Model model, GroupForm group, Map<String, String> problems) {
        model.addAttribute("group", group);
        model.addAttribute("postings", GroupForm.POSTINGS);
        model.addAttribute("problems", problems);
        return "pages/group";
    }

    /** Makes one, or changes the one that the id names. */
    @PostMapping("/groups")
    String save(
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String members,
            @RequestParam(defaultValue = "anyone") String posting,
            @RequestParam(defaultValue = "false") boolean enabled,
            Model model,
            RedirectAttributes redirect) {
        GroupForm form = new GroupForm(id, address, name, members, posting, enabled);
        Calls calls = backend.mine();
        Answer answer = form.isNew()
                ? calls.post(Service.IDENTITY, GROUPS, form.body())
                : calls.patch(Service.IDENTITY, path(id), form.body());
        return switch (answer) {
            case Answer.Done done -> {
                String shown = done.body().path("address").asString(address);
                Toast.done(redirect, form.isNew() ? "group.created" : "group.changed", shown);
                yield "redirect:/groups";
            }
            case Answer.Refused refused -> page(model, form, refused.problems("members"));
            case Answer.Away _ -> page(model, form, Map.of("", "away"));
        };
    }

    @PostMapping("/groups/{id}/delete")
    String delete(@PathVariable String id, RedirectAttributes redirect) {
        switch (backend.mine().delete(Service.IDENTITY, path(id))) {
            case Answer.Done _ -> Toast.done(redirect, "group.deleted");
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", "identity-service");
        }
        return "redirect:/groups";
    }
}
