package cz.digidig.identity.signin;

import cz.digidig.common.web.PageController;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.account.PasswordFault;
import cz.digidig.identity.invitation.Invitations;
import cz.digidig.identity.settings.CurrentSettings;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page that an invitation leads to: its person sets a password, and is signed in. Looking at it uses nothing up. */
@Hidden
@PageController
@RequestMapping("/sign-in/invitation")
class InvitationPageController {
    private final Invitations invitations;
    private final SignInSteps steps;
    private final CurrentSettings settings;

    InvitationPageController(Invitations invitations, SignInSteps steps, CurrentSettings settings) {
        this.invitations = invitations;
        this.steps = steps;
        this.settings = settings;
    }

    @GetMapping
    String page(@RequestParam(defaultValue = "") String token, HttpServletResponse response, Model model) {
        return invitations
                .invited(token)
                .map(account -> page(token, account, model))
                .orElseGet(() -> over(response));
    }

    @PostMapping
    String accept(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Optional<AccountFacts> invited = invitations.invited(token);
        if (invited.isEmpty()) {
            return over(response);
        }
        AccountFacts account = invited.get();
        if (!password.equals(again)) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("differs", true);
            return page(token, account, model);
        }
        Optional<PasswordFault> fault = invitations.accept(token, account, password);
        if (fault.isPresent()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("weak", fault.get());
            return page(token, account, model);
        }
        return steps.begin(account.id(), List.of("pwd"), Continuation.of(null), request, response);
    }

    private static String over(HttpServletResponse response) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        return "pages/invitation-over";
    }

    private String page(String token, AccountFacts account, Model model) {
        model.addAttribute("token", token);
        model.addAttribute("email", account.email());
        model.addAttribute("shortest", settings.passwords().minimumLength());
        return "pages/invitation";
    }
}
