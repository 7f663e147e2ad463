package cz.digidig.identity.signin;

import cz.digidig.common.web.PageController;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.external.ExternalSignIns;
import cz.digidig.identity.login.Authenticator;
import cz.digidig.identity.passkey.Passkeys;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.throttle.TooManyAttempts;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page that asks for address and password. */
@Hidden
@PageController
class SignInController {
    static final String PATH = "/sign-in";

    private static final String PAGE = "pages/sign-in";

    private final Authenticator authenticator;
    private final SignInSteps steps;
    private final Passkeys passkeys;
    private final ExternalSignIns external;
    private final CurrentSettings settings;

    SignInController(
            Authenticator authenticator,
            SignInSteps steps,
            Passkeys passkeys,
            ExternalSignIns external,
            CurrentSettings settings) {
        this.authenticator = authenticator;
        this.steps = steps;
        this.passkeys = passkeys;
        this.external = external;
        this.settings = settings;
    }

    @GetMapping(PATH)
    String page(@RequestParam(name = "continue", required = false) @Nullable String then, Model model) {
        return page(Continuation.of(then), "", null, model);
    }

    @PostMapping(PATH)
    String signIn(
            @RequestParam(name = "continue", required = false) @Nullable String then,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Continuation continuation = Continuation.of(then);
        try {
            Optional<AccountFacts> account =
                    authenticator.authenticate(email.strip(), password, request.getRemoteAddr());
            if (account.isEmpty()) {
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
                return page(continuation, email, "sign-in.refused", model);
            }
            return steps.begin(account.get().id(), List.of("pwd"), continuation, request, response);
        } catch (TooManyAttempts early) {
            Problem.show(early, response, model);
            return page(continuation, email, "sign-in.too-many", model);
        }
    }

    private String page(Continuation then, String email, @Nullable String problem, Model model) {
        model.addAttribute("then", then.path());
        model.addAttribute("email", email);
        model.addAttribute("problem", problem);
        model.addAttribute("passkeyHost", passkeys.host());
        model.addAttribute("providers", external.providers());
        model.addAttribute("registration", settings.registration().enabled());
        return PAGE;
    }
}
