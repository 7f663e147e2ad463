package cz.digidig.admin.account;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Moments;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;

/** Deleted accounts, as long as they can be restored. */
@PageController
@RequestMapping("/accounts/deleted")
class DeletedAccountsController {
    private static final String DELETED = "/api/accounts/deleted";
    private static final String HERE = "redirect:/accounts/deleted";

    private final Backend backend;

    DeletedAccountsController(Backend backend) {
        this.backend = backend;
    }

    @GetMapping
    String list(Model model) {
        Answer answer = backend.mine().get(Service.IDENTITY, DELETED);
        if (answer instanceof Answer.Away) {
            model.addAttribute("away", true);
            return "pages/accounts-deleted";
        }
        List<Deleted> deleted = new ArrayList<>();
        answer.orThrow().forEach(account -> deleted.add(Deleted.of(account)));
        model.addAttribute("deleted", deleted);
        return "pages/accounts-deleted";
    }

    /** An account that can be restored. */
    record Deleted(
            String id,
            String email,
            String displayName,
            @Nullable Instant at) {
        static Deleted of(JsonNode account) {
            return new Deleted(
                    account.path("id").asString(""),
                    account.path("email").asString(""),
                    account.path("displayName").asString(""),
                    Moments.of(account.path("deletedAt")));
        }
    }

    @PostMapping("/{id}/restore")
    String restore(@PathVariable String id, RedirectAttributes redirect) {
        switch (backend.mine().post(Service.IDENTITY, path(id) + "/restore", null)) {
            case Answer.Done done -> {
                Toast.done(
                        redirect, "account.restored", done.body().path("email").asString(""));
                return "redirect:/accounts/" + Calls.segment(id);
            }
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", Service.IDENTITY.fullName());
        }
        return HERE;
    }

    @PostMapping("/{id}/remove")
    String remove(@PathVariable String id, RedirectAttributes redirect) {
        switch (backend.mine().delete(Service.IDENTITY, path(id))) {
            case Answer.Done _ -> Toast.done(redirect, "account.removed");
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", Service.IDENTITY.fullName());
        }
        return HERE;
    }

    private static String path(String id) {
        return DELETED + "/" + Calls.segment(id);
    }
}
