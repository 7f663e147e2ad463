package cz.digidig.identity.signin;

import cz.digidig.common.web.PageController;
import cz.digidig.identity.account.Accounts;
import cz.digidig.identity.account.PasswordFault;
import cz.digidig.identity.settings.CurrentSettings;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page that asks for a password of one's own, where somebody else chose the one that was given. */
@Hidden
@PageController
class NewPasswordController {
    static final String PATH = "/sign-in/new-password";

    private final SignInSteps steps;
    private final Accounts accounts;
    private final CurrentSettings settings;

    NewPasswordController(SignInSteps steps, Accounts accounts, CurrentSettings settings) {
        this.steps = steps;
        this.accounts = accounts;
        this.settings = settings;
    }

    @GetMapping(PATH)
    String page(
            @RequestParam(name = "continue", required = false) @Nullable String then,
            HttpServletRequest request,
            Model model) {
        return steps.pending(request).isPresent()
                ? page(Continuation.of(then), model)
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
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        boolean same = password.equals(again);
        Optional<PasswordFault> fault = same
                ? accounts.choosePassword(pending.get().account(), password)
                : accounts.faultOfNew(pending.get().account(), password);
        if (fault.isPresent()) {
            model.addAttribute("weak", fault.get());
            return page(continuation, model);
        }
        if (!same) {
            model.addAttribute("differs", true);
            return page(continuation, model);
        }
        response.setStatus(HttpStatus.OK.value());
        return steps.next(pending.get(), continuation, request, response);
    }

    private String page(Continuation then, Model model) {
        model.addAttribute("then", then.path());
        model.addAttribute("shortest", settings.passwords().minimumLength());
        return "pages/new-password";
    }
}
