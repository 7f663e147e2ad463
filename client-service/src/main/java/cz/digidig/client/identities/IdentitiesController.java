package cz.digidig.client.identities;

import cz.digidig.client.mailbox.Frame;
import cz.digidig.client.preferences.Identity;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of identities: one opens at a time. */
@PageController
@RequestMapping("/settings/identities")
class IdentitiesController {
    private final Frame frame;
    private final Identities identities;

    IdentitiesController(Frame frame, Identities identities) {
        this.frame = frame;
        this.identities = identities;
    }

    @GetMapping
    String page(
            @AuthenticationPrincipal Person person,
            @RequestParam(defaultValue = "") String address,
            Locale language,
            Model model) {
        OwnIdentities own = identities.of(person);
        return show(person, own, own.find(address).orElse(own.usual()), "", language, model);
    }

    private String show(
            Person person, OwnIdentities own, Identity edited, String problem, Locale language, Model model) {
        frame.rail(person, language, model);
        model.addAttribute("own", own);
        model.addAttribute("edited", edited);
        model.addAttribute("problem", problem);
        return "pages/identities";
    }

    @PostMapping
    String save(
            @AuthenticationPrincipal Person person,
            @RequestParam String address,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String replyTo,
            @RequestParam(defaultValue = "") String signature,
            @RequestParam(defaultValue = "false") boolean usual,
            Locale language,
            Model model,
            RedirectAttributes redirect) {
        OwnIdentities own = identities.of(person);
        Identity before = own.all().stream()
                .filter(one -> one.address().equalsIgnoreCase(address))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such address"));
        Identity typed = new Identity(before.address(), name, replyTo, signature);
        if (!typed.replyTo().isEmpty() && EmailAddress.parse(typed.replyTo()).isEmpty()) {
            return show(person, own, typed, "identities.problem.reply-to", language, model);
        }
        identities.save(person, typed, usual);
        Toast.done(redirect, "identities.saved", typed.address());
        redirect.addAttribute("address", typed.address());
        return "redirect:/settings/identities";
    }
}
