package cz.digidig.identity.signin;

import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.passkey.Challenge;
import cz.digidig.identity.passkey.Passkeys;
import cz.digidig.identity.passkey.Question;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Signs in by a passkey: something that one has, after its device has checked who holds it. */
@Hidden
@PageController
@RequestMapping("/sign-in/passkey")
class PasskeySignInController {
    /** RFC 8176: a key in hardware or what guards it like hardware, and more factors than one. */
    private static final List<String> METHODS = List.of("hwk", "mfa");

    private final Passkeys passkeys;
    private final AccountDirectory accounts;
    private final SignInSteps steps;
    private final Clock clock;

    PasskeySignInController(Passkeys passkeys, AccountDirectory accounts, SignInSteps steps, Clock clock) {
        this.passkeys = passkeys;
        this.accounts = accounts;
        this.steps = steps;
        this.clock = clock;
    }

    @PostMapping("/options")
    ResponseEntity<String> options(HttpServletRequest request) {
        Question question = passkeys.ask();
        Challenge.give(request, question, clock.instant());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(question.json());
    }

    @PostMapping
    String signIn(
            @RequestParam(name = "continue", required = false) @Nullable String then,
            @RequestParam(defaultValue = "") String credential,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Continuation continuation = Continuation.of(then);
        Optional<String> account = Challenge.take(request, clock.instant())
                .flatMap(challenge -> passkeys.answered(challenge, credential))
                .flatMap(accounts::account)
                .filter(AccountFacts::enabled)
                .map(AccountFacts::id);
        if (account.isEmpty()) {
            Toast.failed(redirect, "sign-in.passkey.refused");
            return "redirect:" + continuation.appendTo(SignInController.PATH);
        }
        return steps.begin(account.get(), METHODS, continuation, request, response);
    }
}
