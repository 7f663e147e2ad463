package cz.digidig.identity.signin;

import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.Accounts;
import cz.digidig.identity.account.PasswordFault;
import cz.digidig.identity.login.Authenticator;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.throttle.TooManyAttempts;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page by which somebody changes the password. Guesses at the current one are throttled as those of a sign-in are. */
@Hidden
@PageController
@RequestMapping("/security/password")
class PasswordPageController {
    private final Authenticator authenticator;
    private final Accounts accounts;
    private final AccountDirectory directory;
    private final BrowserSessions sessions;
    private final CurrentSettings settings;

    PasswordPageController(
            Authenticator authenticator,
            Accounts accounts,
            AccountDirectory directory,
            BrowserSessions sessions,
            CurrentSettings settings) {
        this.authenticator = authenticator;
        this.accounts = accounts;
        this.directory = directory;
        this.sessions = sessions;
        this.settings = settings;
    }

    @GetMapping
    String page(Model model) {
        model.addAttribute("shortest", settings.passwords().minimumLength());
        return "pages/password";
    }

    @PostMapping
    String change(
            Authentication person,
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes redirect) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        try {
            if (!isCurrent(person.getName(), current, request.getRemoteAddr())) {
                model.addAttribute("wrong", "password.wrong");
                return page(model);
            }
        } catch (TooManyAttempts early) {
            Problem.show(early, response, model);
            model.addAttribute("wrong", "sign-in.too-many");
            return page(model);
        }
        SignedIn before = SignedIn.of(person);
        boolean same = password.equals(again);
        Optional<PasswordFault> fault = same
                ? accounts.choosePassword(person.getName(), password)
                : accounts.faultOfNew(person.getName(), password);
        if (fault.isPresent()) {
            model.addAttribute("weak", fault.get());
            return page(model);
        }
        if (!same) {
            model.addAttribute("differs", true);
            return page(model);
        }
        sessions.begin(person.getName(), before.methods(), request, response);
        response.setStatus(HttpStatus.OK.value());
        Toast.done(redirect, "password.changed");
        return "redirect:/security/password";
    }

    private boolean isCurrent(String account, String password, String client) {
        return directory
                .account(account)
                .flatMap(found -> authenticator.authenticate(found.email(), password, client))
                .isPresent();
    }
}
