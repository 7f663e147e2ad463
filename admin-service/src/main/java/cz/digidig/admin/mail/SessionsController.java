package cz.digidig.admin.mail;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import java.util.Map;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** SMTP sessions: the open ones and the last that ended, with what was refused in them. */
@PageController
class SessionsController {
    private final Backend backend;

    SessionsController(Backend backend) {
        this.backend = backend;
    }

    @GetMapping("/mail/sessions")
    String sessions(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String show,
            @RequestParam(defaultValue = "false") boolean follow,
            @ModelAttribute("whole") boolean whole,
            Model model) {
        if (!whole) {
            throw new AccessDeniedException("sessions are for administrators of the whole suite");
        }
        model.addAttribute("q", q);
        model.addAttribute("show", show);
        model.addAttribute("follow", follow);
        Answer answer = backend.mine()
                .get(
                        Service.SMTP,
                        "/api/smtp/sessions",
                        Map.of(
                                "client",
                                q.strip(),
                                "open",
                                show.equals("open") ? "true" : "",
                                "refused",
                                show.equals("refused") ? "true" : "",
                                "limit",
                                "200"));
        if (answer instanceof Answer.Away) {
            model.addAttribute("away", true);
        } else {
            model.addAttribute("sessions", answer.orThrow());
        }
        return "pages/sessions";
    }
}
