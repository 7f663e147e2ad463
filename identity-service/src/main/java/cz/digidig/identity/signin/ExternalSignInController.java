package cz.digidig.identity.signin;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.external.Attempt;
import cz.digidig.identity.external.ExternalSignIns;
import cz.digidig.identity.external.ProviderAway;
import cz.digidig.identity.settings.ExternalProvider;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Signs in by another provider. A second factor that the account has here is asked for nevertheless. */
@Hidden
@PageController
@RequestMapping("/sign-in/external/{provider}")
class ExternalSignInController {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalSignInController.class);
    private static final String ATTEMPT = "digidig.external";
    private static final String THEN = "digidig.external.then";
    private static final int MINUTES = 15;

    private final ExternalSignIns external;
    private final SignInSteps steps;
    private final AuthorizationServerSettings here;

    ExternalSignInController(ExternalSignIns external, SignInSteps steps, AuthorizationServerSettings here) {
        this.external = external;
        this.steps = steps;
        this.here = here;
    }

    @PostMapping
    String begin(
            @PathVariable("provider") String id,
            @RequestParam(name = "continue", required = false) @Nullable String then,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        ExternalProvider provider = provider(id);
        Continuation continuation = Continuation.of(then);
        try {
            Attempt attempt = external.begin(provider, callback(id));
            HttpSession before = request.getSession(false);
            if (before != null) {
                before.invalidate();
            }
            HttpSession session = request.getSession(true);
            session.setMaxInactiveInterval(MINUTES * 60);
            session.setAttribute(ATTEMPT, attempt);
            session.setAttribute(THEN, continuation.path());
            return "redirect:" + attempt.uri();
        } catch (ProviderAway away) {
            return refused(provider, away, continuation, redirect);
        }
    }

    private ExternalProvider provider(String id) {
        return external.provider(id)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such provider"));
    }

    private URI callback(String id) {
        return URI.create(here.getIssuer() + "/sign-in/external/" + id + "/callback");
    }

    private static String refused(
            ExternalProvider provider, ProviderAway away, Continuation then, RedirectAttributes redirect) {
        LOG.warn("A sign-in by {} failed: {}", provider.issuer(), away.getMessage(), away);
        Toast.failed(redirect, "external.away", provider.name());
        return "redirect:" + then.appendTo(SignInController.PATH);
    }

    @GetMapping("/callback")
    String answer(
            @PathVariable("provider") String id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        ExternalProvider provider = provider(id);
        HttpSession session = request.getSession(false);
        Attempt attempt = session != null && session.getAttribute(ATTEMPT) instanceof Attempt kept ? kept : null;
        Continuation then =
                Continuation.of(session != null && session.getAttribute(THEN) instanceof String path ? path : null);
        if (attempt == null || !attempt.provider().equals(id) || !same(attempt.state(), state)) {
            // An answer that this browser did not ask for: somebody may want it signed in as somebody else.
            return "redirect:" + SignInController.PATH;
        }
        session.removeAttribute(ATTEMPT);
        if (!code.isEmpty()) {
            try {
                Optional<AccountFacts> account = external.finish(provider, callback(id), attempt, code);
                if (account.isPresent()) {
                    return steps.begin(account.get().id(), List.of("fed"), then, request, response);
                }
            } catch (ProviderAway away) {
                return refused(provider, away, then, redirect);
            }
        }
        Toast.failed(redirect, "external.refused", provider.name());
        return "redirect:" + then.appendTo(SignInController.PATH);
    }

    private static boolean same(String expected, String state) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
    }
}
