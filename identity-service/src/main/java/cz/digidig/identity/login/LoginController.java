package cz.digidig.identity.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.identity.factor.CodeChecks;
import cz.digidig.identity.token.Sessions;
import cz.digidig.identity.token.TokenPair;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signs scripts and simple clients in and out. Open: it is where tokens come from. */
@RestController
@RequestMapping("/api/auth")
@SecurityRequirements
@Tag(name = "Log-in", description = "Tokens for people. No token needed.")
class LoginController {
    private final Authenticator authenticator;
    private final CodeChecks codes;
    private final Sessions sessions;

    LoginController(Authenticator authenticator, CodeChecks codes, Sessions sessions) {
        this.authenticator = authenticator;
        this.codes = codes;
        this.sessions = sessions;
    }

    @PostMapping("/login")
    @Operation(
            operationId = "logIn",
            summary = "Log in by address and password",
            description = "With code where the account has a second factor.")
    ResponseEntity<TokenPair> logIn(@Valid @RequestBody LogIn request, HttpServletRequest http) {
        TokenPair pair = authenticator
                .authenticate(request.email(), request.password(), http.getRemoteAddr())
                .filter(account -> !codes.needed(account.id())
                        || codes.accept(
                                account.id(), request.code() == null ? "" : request.code(), http.getRemoteAddr()))
                .map(sessions::open)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.INVALID_CREDENTIALS, "The address, the password or the code is not right"));
        return uncached(pair);
    }

    @PostMapping("/refresh")
    @Operation(
            operationId = "refresh",
            summary = "Exchange a refresh token for a new pair",
            description = "A refresh token is good for one use. Using it again ends the session that it came from.")
    ResponseEntity<TokenPair> refresh(@Valid @RequestBody RefreshToken request) {
        TokenPair pair = sessions.refresh(request.refreshToken())
                .orElseThrow(() ->
                        new ProblemException(ErrorCode.INVALID_CREDENTIALS, "The refresh token is not valid any more"));
        return uncached(pair);
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "logOut",
            summary = "End the session of a refresh token",
            description = "Access tokens already issued run out by themselves within minutes.")
    void logOut(@Valid @RequestBody RefreshToken request) {
        sessions.close(request.refreshToken());
    }

    private static ResponseEntity<TokenPair> uncached(TokenPair pair) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(pair);
    }

    /**
     * The body of a log-in.
     *
     * @param code a second factor's code, for accounts that have one
     */
    record LogIn(
            @NotBlank @Size(max = 320) String email,
            @NotNull @Size(max = 256) String password,
            @Size(max = 20) @Nullable String code) {
        @Override
        public String toString() {
            return "LogIn[" + email + "]";
        }
    }

    /** The body of a refresh and of a log-out. */
    record RefreshToken(
            @JsonProperty("refresh_token") @NotBlank @Size(max = 200)
            String refreshToken) {
        @Override
        public String toString() {
            return "RefreshToken[]";
        }
    }
}
