package cz.digidig.identity.session;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.account.AccountReach;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a person is signed in: {@code me} by scope {@code account}, an account's id by scope {@code admin}. */
@RestController
@RequestMapping("/api/accounts/{account}/sessions")
@Tag(name = "Sessions", description = "What an account is signed in with. Scope: account for me, else admin.")
class SessionController {
    private final OpenSessions sessions;
    private final AccountReach reach;

    SessionController(OpenSessions sessions, AccountReach reach) {
        this.reach = reach;
        this.sessions = sessions;
    }

    @GetMapping
    @Operation(operationId = "listSessions", summary = "List browsers, mail programs and scripts that are signed in")
    List<OpenSession> list(Caller caller, @PathVariable String account) {
        return sessions.list(reach.require(caller, account), signIn());
    }

    @DeleteMapping("/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "endSession",
            summary = "End one",
            description = "Access tokens already issued run out by themselves within minutes.")
    void end(Caller caller, @PathVariable String account, @PathVariable String session) {
        sessions.end(reach.require(caller, account), session);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "endSessions",
            summary = "Sign out everywhere",
            description = "Ends every session, this one too. App passwords stay.")
    void endAll(Caller caller, @PathVariable String account) {
        sessions.endAll(reach.require(caller, account));
    }

    private static String signIn() {
        @Nullable
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        @Nullable
        String sid = authentication instanceof JwtAuthenticationToken token
                ? token.getToken().getClaimAsString("sid")
                : null;
        return sid == null ? "" : sid;
    }
}
