package cz.digidig.identity.signin;

import cz.digidig.common.web.PageController;
import cz.digidig.identity.factor.CodeChecks;
import cz.digidig.identity.throttle.TooManyAttempts;
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

/** The page that asks for a code of the second factor. */
@Hidden
@PageController
class CodeController {
    static final String PATH = "/sign-in/code";

    private final SignInSteps steps;
    private final CodeChecks codes;

    CodeController(SignInSteps steps, CodeChecks codes) {
        this.steps = steps;
        this.codes = codes;
    }

    @GetMapping(PATH)
    String page(
            @RequestParam(name = "continue", required = false) @Nullable String then,
            HttpServletRequest request,
            Model model) {
        return steps.pending(request).isPresent()
                ? page(Continuation.of(then), null, model)
                : "redirect:" + Continuation.of(then).appendTo(SignInController.PATH);
    }

    @PostMapping(PATH)
    String accept(
            @RequestParam(name = "continue", required = false) @Nullable String then,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "false") boolean remember,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Continuation continuation = Continuation.of(then);
        Optional<Pending> pending = steps.pending(request);
        if (pending.isEmpty()) {
            return "redirect:" + continuation.appendTo(SignInController.PATH);
        }
        String account = pending.get().account();
        try {
            if (code.length() > 20 || !codes.accept(account, code, request.getRemoteAddr())) {
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
                return page(continuation, "code.refused", model);
            }
        } catch (TooManyAttempts early) {
            Problem.show(early, response, model);
            return page(continuation, "sign-in.too-many", model);
        }
        if (remember) {
            steps.trust(account, request, response);
        }
        return steps.next(pending.get().proved("otp"), continuation, request, response);
    }

    private static String page(Continuation then, @Nullable String problem, Model model) {
        model.addAttribute("then", then.path());
        model.addAttribute("problem", problem);
        return "pages/code";
    }
}
