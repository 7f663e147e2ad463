package cz.digidig.admin.mail;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;

/** IMAP sessions that are open: who is connected, what they do, and the end of one. */
@PageController
@RequestMapping("/mail/imap-sessions")
class ImapSessionsController {
    private static final String SESSIONS = "/api/imap/sessions";
    private static final String HERE = "redirect:/mail/imap-sessions";
    private static final String PAGE = "100";

    private final Backend backend;

    ImapSessionsController(Backend backend) {
        this.backend = backend;
    }

    @ModelAttribute
    void whole(@ModelAttribute("whole") boolean whole) {
        if (!whole) {
            throw new AccessDeniedException("sessions are for administrators of the whole suite");
        }
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "false") boolean follow,
            Model model) {
        model.addAttribute("account", account);
        model.addAttribute("after", after);
        model.addAttribute("follow", follow);
        Answer answer = backend.mine()
                .get(Service.IMAP, SESSIONS, Map.of("account", account.strip(), "after", after, "limit", PAGE));
        if (answer instanceof Answer.Away) {
            model.addAttribute("away", true);
            return "pages/imap-sessions";
        }
        JsonNode page = answer.orThrow();
        List<ImapSession> sessions = new ArrayList<>();
        page.path("items").forEach(one -> sessions.add(ImapSession.of(one)));
        model.addAttribute("sessions", sessions);
        model.addAttribute("total", page.path("total").asLong(0));
        model.addAttribute("next", page.path("next").asString(""));
        return "pages/imap-sessions";
    }

    /** Asks before a session is ended. */
    @GetMapping("/{id}/end")
    String sure(@PathVariable String id, @RequestParam(defaultValue = "") String who, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("who", who);
        return "pages/imap-session-end";
    }

    @PostMapping("/{id}/end")
    String end(@PathVariable String id, RedirectAttributes redirect) {
        switch (backend.mine().delete(Service.IMAP, SESSIONS + "/" + Calls.segment(id))) {
            case Answer.Done _ -> Toast.done(redirect, "imap-sessions.ended");
            case Answer.Refused refused when refused.status() == 404 -> Toast.done(redirect, "imap-sessions.gone");
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", Service.IMAP.fullName());
        }
        return HERE;
    }
}
