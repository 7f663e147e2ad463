package cz.digidig.client.blocked;

import cz.digidig.client.backend.Storage;
import cz.digidig.client.identities.Identities;
import cz.digidig.client.mailbox.Frame;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of blocked senders, and the button of an opened message. */
@PageController
class BlockedSendersController {
    private static final String PATH = "/settings/blocked";

    private final Frame frame;
    private final Storage storage;
    private final Identities identities;

    BlockedSendersController(Frame frame, Storage storage, Identities identities) {
        this.frame = frame;
        this.storage = storage;
        this.identities = identities;
    }

    @GetMapping(PATH)
    String page(@AuthenticationPrincipal Person person, Locale language, Model model) {
        return show(person, String.join("\n", storage.blockedSenders()), "", language, model);
    }

    private String show(Person person, String senders, String problem, Locale language, Model model) {
        frame.rail(person, language, model);
        model.addAttribute("senders", senders);
        model.addAttribute("problem", problem);
        return "pages/blocked";
    }

    /** Blocks these, a line each, in place of those before. */
    @PostMapping(PATH)
    String save(
            @AuthenticationPrincipal Person person,
            @RequestParam(defaultValue = "") String senders,
            Locale language,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        List<String> wanted = senders.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
        try {
            storage.block(wanted);
        } catch (ServiceProblem refused) {
            if (refused.code() != ErrorCode.INVALID) {
                throw refused;
            }
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(person, senders, "blocked.problem", language, model);
        }
        Toast.done(redirect, "blocked.saved", wanted.size());
        return "redirect:" + PATH;
    }

    /** Blocks whom a message is from. */
    @PostMapping("/mail/{mailbox}/{message}/block")
    String block(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @PathVariable String message,
            RedirectAttributes redirect) {
        String sender = storage.read(mailbox, message).message().from().stream()
                .findFirst()
                .map(one -> one.address().toLowerCase(Locale.ROOT))
                .filter(address -> address.contains("@"))
                .orElseThrow(() -> new ProblemException(ErrorCode.INVALID, "the message has no sender"));
        if (identities.of(person).has(sender)) {
            Toast.failed(redirect, "blocked.own");
        } else {
            List<String> blocked = new ArrayList<>(storage.blockedSenders());
            if (!blocked.contains(sender)) {
                blocked.add(sender);
                storage.block(blocked);
            }
            Toast.done(redirect, "blocked.done", sender);
        }
        return "redirect:/mail/" + mailbox + "/" + message;
    }
}
