package cz.digidig.admin.account;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The person's own API keys, for scripts and programs. A new one is shown once, on the page that answers its making. */
@PageController
class ApiKeysController {
    private static final String KEYS = "/api/accounts/me/api-keys";
    /** A key may at most what the token may that asks for it: these, and those of the role. */
    private static final List<String> SCOPES = List.of("mail.send", "account");
    /** Days that a key may live. */
    private static final List<Integer> LIVES = List.of(30, 90, 365, 730);

    private final Backend backend;
    private final Clock clock = Clock.systemUTC();

    ApiKeysController(Backend backend) {
        this.backend = backend;
    }

    /**
     * What is asked for.
     *
     * @param days how long it lives
     */
    record Wanted(String name, List<String> scopes, int days) {
        static final Wanted NOTHING = new Wanted("", List.of(), 90);

        Wanted {
            scopes = List.copyOf(scopes);
        }

        public boolean has(String scope) {
            return scopes.contains(scope);
        }
    }

    @GetMapping("/api-keys")
    String list(@ModelAttribute("whole") boolean whole, Model model) {
        return page(whole, Wanted.NOTHING, Map.of(), model);
    }

    private String page(boolean whole, Wanted wanted, Map<String, String> problems, Model model) {
        List<String> scopes = new ArrayList<>(SCOPES);
        scopes.add(whole ? "admin" : "domain-admin");
        model.addAttribute("offered", scopes);
        model.addAttribute("lives", LIVES);
        model.addAttribute("wanted", wanted);
        model.addAttribute("problems", problems);
        Answer answer = backend.mine().get(Service.IDENTITY, KEYS);
        if (answer instanceof Answer.Away) {
            model.addAttribute("away", true);
        } else {
            List<Access.Secret> keys = new ArrayList<>();
            for (JsonNode key : answer.orThrow()) {
                keys.add(Access.Secret.of(key));
            }
            model.addAttribute("keys", keys);
        }
        return "pages/api-keys";
    }

    @PostMapping("/api-keys")
    String create(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false, defaultValue = "") List<String> scopes,
            @RequestParam(defaultValue = "90") int days,
            @ModelAttribute("whole") boolean whole,
            Model model) {
        Wanted wanted = new Wanted(name.strip(), scopes, LIVES.contains(days) ? days : LIVES.getFirst());
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", wanted.name());
        ArrayNode asked = body.putArray("scopes");
        wanted.scopes().forEach(asked::add);
        body.put(
                "expiresAt",
                clock.instant().plus(Duration.ofDays(wanted.days())).toString());
        return switch (backend.mine().post(Service.IDENTITY, KEYS, body)) {
            case Answer.Done done -> {
                model.addAttribute("made", done.body().path("key").asString(""));
                yield page(whole, Wanted.NOTHING, Map.of(), model);
            }
            case Answer.Refused refused -> page(whole, wanted, AccountForm.errors(refused), model);
            case Answer.Away _ -> page(whole, wanted, Map.of("", "away"), model);
        };
    }

    @PostMapping("/api-keys/revoke")
    String revoke(@RequestParam String secret, RedirectAttributes redirect) {
        switch (backend.mine().delete(Service.IDENTITY, KEYS + "/" + Calls.segment(secret))) {
            case Answer.Done _ -> Toast.done(redirect, "access.key-revoked");
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", Service.IDENTITY.fullName());
        }
        return "redirect:/api-keys";
    }
}
