package cz.digidig.admin.mail;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;

/** The queue: list, filter, one message, and what is done to several at once. */
@PageController
class QueueController {
    private static final String QUEUE = "/api/queue";
    private static final int PAGE = 100;
    /** With a filter, so many messages are looked through for one page. */
    private static final int MOST_LOOKED_AT = 5000;

    private final Backend backend;

    QueueController(Backend backend) {
        this.backend = backend;
    }

    @ModelAttribute
    void whole(@ModelAttribute("whole") boolean whole) {
        if (!whole) {
            throw new AccessDeniedException("the queue is for administrators of the whole suite");
        }
    }

    @GetMapping("/mail")
    String mail() {
        return "redirect:/mail/queue";
    }

    @GetMapping("/mail/queue")
    String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String after, Model model) {
        model.addAttribute("q", q);
        model.addAttribute("after", after);
        Calls calls = backend.mine();
        List<QueuedMail> found = new ArrayList<>();
        String next = after;
        int looked = 0;
        do {
            Answer answer = calls.get(Service.SMTP, QUEUE, Map.of("limit", String.valueOf(PAGE), "after", next));
            if (answer instanceof Answer.Away) {
                model.addAttribute("away", true);
                return "pages/queue";
            }
            JsonNode page = answer.orThrow();
            for (JsonNode one : page.path("items")) {
                QueuedMail mail = QueuedMail.of(one);
                if (q.isBlank() || mail.mentions(q.strip())) {
                    found.add(mail);
                }
            }
            looked += page.path("items").size();
            next = page.path("next").asString("");
        } while (!next.isEmpty() && !q.isBlank() && found.size() < PAGE && looked < MOST_LOOKED_AT);
        model.addAttribute("messages", found);
        model.addAttribute("next", next);
        return "pages/queue";
    }

    @GetMapping("/mail/queue/{id}")
    String one(@PathVariable String id, Model model) {
        model.addAttribute(
                "message",
                QueuedMail.of(backend.mine()
                        .get(Service.SMTP, QUEUE + "/" + Calls.segment(id))
                        .orThrow()));
        return "pages/queued-message";
    }

    @PostMapping("/mail/queue")
    String act(
            @RequestParam String action,
            @RequestParam(name = "id", required = false) List<String> ids,
            @RequestParam(defaultValue = "") String q,
            RedirectAttributes redirect) {
        Calls calls = backend.mine();
        List<String> chosen = ids == null ? List.of() : ids.stream().limit(PAGE).toList();
        int done = 0;
        String refusal = "";
        for (String id : chosen) {
            switch (act(calls, action, id)) {
                case Answer.Done _ -> done++;
                case Answer.Refused refused -> refusal = refused.detail();
                case Answer.Away away -> refusal = away.why();
            }
        }
        if (chosen.isEmpty()) {
            Toast.failed(redirect, "queue.none-chosen");
        } else if (done < chosen.size()) {
            Toast.failed(redirect, "queue.partly", done, chosen.size(), refusal);
        } else {
            tell(redirect, action, chosen, done);
        }
        redirect.addAttribute("q", q);
        return "redirect:/mail/queue";
    }

    /** Holding and releasing undo each other. */
    private static void tell(RedirectAttributes redirect, String action, List<String> ids, int done) {
        String undo = "/mail/queue?action=" + (action.equals("hold") ? "release" : "hold")
                + ids.stream().map(id -> "&id=" + Calls.segment(id)).collect(Collectors.joining());
        switch (action) {
            case "delete" -> Toast.done(redirect, "queue.deleted", done);
            case "hold" -> Toast.undoable(redirect, undo, "queue.held", done);
            case "release" -> Toast.undoable(redirect, undo, "queue.released", done);
            default -> Toast.done(redirect, "queue.retried", done);
        }
    }

    private static Answer act(Calls calls, String action, String id) {
        String path = QUEUE + "/" + Calls.segment(id);
        return switch (action) {
            case "delete" -> calls.delete(Service.SMTP, path);
            case "hold", "release", "retry" -> calls.post(Service.SMTP, path + "/" + action, null);
            default -> throw new ProblemException(ErrorCode.MALFORMED, "no such action");
        };
    }
}
