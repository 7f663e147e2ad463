package cz.digidig.identity.signin;

import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Where a browser lands that came here by itself: says who is signed in, and signs out. */
@Hidden
@Controller
class HomeController {
    static final String PATH = "/";

    private final BrowserSessions sessions;
    private final AccountDirectory accounts;

    HomeController(BrowserSessions sessions, AccountDirectory accounts) {
        this.sessions = sessions;
        this.accounts = accounts;
    }

    @GetMapping(PATH)
    String home(Model model) {
        return sessions.current()
                .flatMap(signedIn -> accounts.account(signedIn.account()))
                .map(AccountFacts::email)
                .map(email -> {
                    model.addAttribute("email", email);
                    return "identity/home";
                })
                .orElse("redirect:" + SignInController.PATH);
    }

    @PostMapping("/sign-out")
    String signOut(HttpServletRequest request) {
        sessions.end(request);
        return "redirect:" + SignInController.PATH;
    }
}
