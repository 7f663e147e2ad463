package cz.digidig.admin.account;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Moments;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Accounts, one by one. What the person may not do, identity refuses. */
@PageController
class AccountsController {
    private static final String ACCOUNTS = "/api/accounts";

    private final Backend backend;

    AccountsController(Backend backend) {
        this.backend = backend;
    }

    @GetMapping("/accounts")
    String list(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String cursor, Model model) {
        model.addAttribute("q", q);
        model.addAttribute("cursor", cursor);
        Answer answer =
                backend.mine().get(Service.IDENTITY, ACCOUNTS, Map.of("q", q.strip(), "cursor", cursor, "limit", "50"));
        if (answer instanceof Answer.Away) {
            model.addAttribute("away", true);
            return "pages/accounts";
        }
        JsonNode page = answer.orThrow();
        model.addAttribute("accounts", page.path("items"));
        model.addAttribute("next", page.path("next").asString(""));
        return "pages/accounts";
    }

    @GetMapping("/accounts/new")
    String blank(Model model) {
        return form(model, AccountForm.EMPTY, Map.of());
    }

    private static String form(Model model, AccountForm form, Map<String, String> errors) {
        model.addAttribute("form", form);
        model.addAttribute("problems", errors);
        return "pages/account-new";
    }

    @PostMapping("/accounts")
    String create(@ModelAttribute AccountForm form, Model model, RedirectAttributes redirect) {
        if (!form.quotaIsNumber()) {
            return form(model, form, Map.of("quota", "not-a-number"));
        }
        return switch (backend.mine().post(Service.IDENTITY, ACCOUNTS, form.creation())) {
            case Answer.Done done -> {
                Toast.done(
                        redirect, "account.created", done.body().path("email").asString(form.email()));
                String id = done.body().path("id").asString("");
                if (form.password().isEmpty()) {
                    invite(id, redirect);
                }
                yield "redirect:/accounts/" + Calls.segment(id);
            }
            case Answer.Refused refused -> form(model, form, AccountForm.errors(refused));
            case Answer.Away _ -> form(model, form, Map.of("", "away"));
        };
    }

    @GetMapping("/accounts/{id}")
    String one(@PathVariable String id, Model model) {
        JsonNode account = account(id);
        return page(model, account, AccountForm.of(account), Map.of());
    }

    private JsonNode account(String id) {
        return backend.mine().get(Service.IDENTITY, path(id)).orThrow();
    }

    private static String path(String id) {
        return ACCOUNTS + "/" + Calls.segment(id);
    }

    private String page(Model model, JsonNode account, AccountForm form, Map<String, String> errors) {
        model.addAttribute("account", account);
        model.addAttribute("form", form);
        model.addAttribute("problems", errors);
        JsonNode mailboxes = backend.mine()
                .get(Service.STORAGE, path(account.path("id").asString("")) + "/mailboxes")
                .content()
                .orElse(null);
        model.addAttribute("mailboxes", mailboxes);
        long used = 0;
        if (mailboxes != null) {
            for (JsonNode mailbox : mailboxes.path("items")) {
                used += mailbox.path("size").asLong(0);
            }
        }
        model.addAttribute("used", used);
        model.addAttribute(
                "access",
                Access.of(backend.mine(), path(account.path("id").asString(""))).orElse(null));
        return "pages/account";
    }

    @PostMapping("/accounts/{id}")
    String change(@PathVariable String id, @ModelAttribute AccountForm form, Model model, RedirectAttributes redirect) {
        if (!form.quotaIsNumber()) {
            return page(model, account(id), form, Map.of("quota", "not-a-number"));
        }
        return switch (backend.mine().patch(Service.IDENTITY, path(id), form.change())) {
            case Answer.Done _ -> {
                Toast.done(redirect, "account.changed");
                yield "redirect:/accounts/" + Calls.segment(id);
            }
            case Answer.Refused refused -> page(model, account(id), form, AccountForm.errors(refused));
            case Answer.Away _ -> page(model, account(id), form, Map.of("", "away"));
        };
    }

    @PostMapping("/accounts/{id}/invitation")
    String inviteTo(@PathVariable String id, RedirectAttributes redirect) {
        invite(id, redirect);
        return "redirect:/accounts/" + Calls.segment(id);
    }

    /** The page after it shows the link, once. */
    private void invite(String id, RedirectAttributes redirect) {
        switch (backend.mine().post(Service.IDENTITY, path(id) + "/invitation", null)) {
            case Answer.Done done -> {
                redirect.addFlashAttribute("invitation", done.body().path("url").asString(""));
                redirect.addFlashAttribute(
                        "invitationEnds", Moments.of(done.body().path("expiresAt")));
            }
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", "identity-service");
        }
    }

    @PostMapping("/accounts/{id}/enabled")
    String enable(@PathVariable String id, @RequestParam boolean enabled, RedirectAttributes redirect) {
        JsonNode body = JsonNodeFactory.instance.objectNode().put("enabled", enabled);
        switch (backend.mine().patch(Service.IDENTITY, path(id), body)) {
            case Answer.Done done ->
                Toast.undoable(
                        redirect,
                        "/accounts/" + Calls.segment(id) + "/enabled?enabled=" + !enabled,
                        enabled ? "account.enabled" : "account.disabled",
                        done.body().path("email").asString(""));
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", "identity-service");
        }
        return "redirect:/accounts/" + Calls.segment(id);
    }

    @PostMapping("/accounts/{id}/delete")
    String delete(@PathVariable String id, @RequestParam String typed, RedirectAttributes redirect) {
        String address = account(id).path("email").asString("");
        if (!typed.strip().equalsIgnoreCase(address)) {
            Toast.failed(redirect, "part.typed-otherwise", address);
            return "redirect:/accounts/" + Calls.segment(id);
        }
        switch (backend.mine().delete(Service.IDENTITY, path(id))) {
            case Answer.Done _ -> Toast.done(redirect, "account.deleted", address);
            case Answer.Refused refused -> {
                Toast.failed(redirect, "part.refused", refused.detail());
                return "redirect:/accounts/" + Calls.segment(id);
            }
            case Answer.Away _ -> Toast.failed(redirect, "part.away", "identity-service");
        }
        return "redirect:/accounts";
    }
}
