package cz.digidig.identity.factor;

import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.throttle.TooManyAttempts;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages by which somebody turns codes on and off. Spring keeps what is behind a sign-in out of caches. */
@Hidden
@PageController
@RequestMapping("/security/codes")
class SecondFactorPageController {
    private static final String HERE = "redirect:/security/codes";
    private static final int LONGEST = 20;

    private final SecondFactors factors;
    private final CodeChecks codes;
    private final AccountDirectory accounts;

    SecondFactorPageController(SecondFactors factors, CodeChecks codes, AccountDirectory accounts) {
        this.factors = factors;
        this.codes = codes;
        this.accounts = accounts;
    }

    @GetMapping
    String page(Authentication person, Model model) {
        return page(person, null, model);
    }

    private String page(Authentication person, @Nullable String problem, Model model) {
        model.addAttribute("on", factors.needed(person.getName()));
        model.addAttribute("left", factors.left(person.getName()));
        model.addAttribute("problem", problem);
        return "pages/codes";
    }

    @PostMapping("/begin")
    String begin(Authentication person) {
        factors.enrol(person.getName());
        return HERE + "/setup";
    }

    @GetMapping("/setup")
    String setup(Authentication person, Model model) {
        return setup(person, null, model);
    }

    private String setup(Authentication person, @Nullable String problem, Model model) {
        Optional<String> secret = factors.begun(person.getName());
        if (secret.isEmpty()) {
            return HERE;
        }
        String email =
                accounts.account(person.getName()).map(AccountFacts::email).orElse("");
        model.addAttribute("enrolment", Enrolment.of(secret.get(), email));
        model.addAttribute("problem", problem);
        return "pages/codes-setup";
    }

    @PostMapping("/confirm")
    String confirm(
            Authentication person,
            @RequestParam(defaultValue = "") String code,
            HttpServletResponse response,
            Model model) {
        List<String> recovery = code.length() > LONGEST ? List.of() : factors.confirm(person.getName(), code);
        if (recovery.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return setup(person, "codes.setup.refused", model);
        }
        return show(recovery, model);
    }

    private static String show(List<String> recovery, Model model) {
        model.addAttribute("recoveryCodes", String.join("\n", recovery));
        return "pages/recovery-codes";
    }

    @PostMapping("/change")
    String change(
            Authentication person,
            @RequestParam(defaultValue = "") String code,
            @RequestParam Wanted wanted,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes redirect) {
        try {
            if (code.length() > LONGEST || !codes.accept(person.getName(), code, request.getRemoteAddr())) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                return page(person, "code.refused", model);
            }
        } catch (TooManyAttempts early) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            model.addAttribute("seconds", early.seconds());
            return page(person, "sign-in.too-many", model);
        }
        return switch (wanted) {
            case RECOVERY_CODES -> show(factors.replaceRecoveryCodes(person.getName()), model);
            case OFF -> {
                factors.remove(person.getName());
                Toast.done(redirect, "codes.turned-off");
                yield HERE;
            }
        };
    }

    /** What a code is given for. */
    enum Wanted {
        RECOVERY_CODES,
        OFF
    }
}
