package cz.digidig.identity.signin;

import cz.digidig.common.rest.InvalidFields;
import cz.digidig.identity.account.Accounts;
import cz.digidig.identity.web.Refusals;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page that asks for a password of one's own, where somebody else chose the one that was given. */
@Hidden
@Controller
class NewPasswordController {
    static final String PATH = "/sign-in/new-password";

    private static final int LONGEST = 256;

    private final SignInSteps steps;
    private final Accounts accounts;

    NewPasswordController(SignInSteps steps, Accounts accounts) {
        this.steps = steps;
        this.accounts = accounts;
    }

    @GetMapping(PATH)
    String page(
            @RequestParam(name = "continue", required = false) @Nullable String then,
            HttpServletRequest request,
            Model model) {
        return steps.pending(request).isPresent()
                ? page(Continuation.of(then), null, null, model)
                : "redirect:" + Continuation.of(then).appendTo(SignInController.PATH);
    }

    @PostMapping(PATH)
    String change(
            @RequestParam(name = "continue", required = false) @Nullable String then,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Continuation continuation = Continuation.of(then);
        Optional<Pending> pending = steps.pending(request).filter(found -> steps.mayChoosePassword(found, request));
        if (pending.isEmpty()) {
            return "redirect:" + continuation.appendTo(SignInController.PATH);
        }
        if (!password.equals(again)) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(continuation, "new-password.differs", null, model);
        }
        try {
            if (password.length() > LONGEST) {
                throw Refusals.field("password", "must have at most " + LONGEST + " characters");
            }
            accounts.choosePassword(pending.get().account(), password);
        } catch (InvalidFields refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(
                    continuation,
                    "new-password.refused",
                    refused.problems().getFirst().message(),
                    model);
        }
        return steps.next(pending.get(), continuation, request, response);
    }

    private static String page(Continuation then, @Nullable String problem, @Nullable String why, Model model) {
        model.addAttribute("then", then.path());
        model.addAttribute("problem", problem);
        model.addAttribute("why", why);
        return "identity/new-password";
    }
}
