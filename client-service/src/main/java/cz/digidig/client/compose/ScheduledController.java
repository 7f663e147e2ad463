package cz.digidig.client.compose;

import cz.digidig.client.backend.Submission;
import cz.digidig.client.mailbox.Frame;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is to be sent later: the list of it, and the way back into Drafts. */
@PageController
@RequestMapping("/scheduled")
class ScheduledController {
    private final Submission submission;
    private final Drafts drafts;
    private final Frame frame;

    ScheduledController(Submission submission, Drafts drafts, Frame frame) {
        this.submission = submission;
        this.drafts = drafts;
        this.frame = frame;
    }

    @GetMapping
    String page(@AuthenticationPrincipal Person person, Locale language, Model model) {
        frame.rail(person, language, model);
        model.addAttribute("scheduled", submission.scheduled());
        return "pages/scheduled";
    }

    /** Makes a draft of it again; the copy is there before smtp drops its own, so nothing is lost between the two. */
    @PostMapping("/{id}")
    String callBack(
            @PathVariable String id,
            @RequestParam(name = "do", defaultValue = "edit") String action,
            RedirectAttributes redirect) {
        String draft = drafts.restore(submission.scheduled(id));
        try {
            submission.cancel(id);
        } catch (ServiceFailure tooLate) {
            drafts.remove(draft);
            Toast.failed(redirect, "compose.too-late");
            return "redirect:/scheduled";
        }
        Toast.done(redirect, "compose.called-back");
        return action.equals("edit") ? "redirect:/compose?draft=" + draft : "redirect:/scheduled";
    }
}
