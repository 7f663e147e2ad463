package cz.digidig.identity.apikey;

import com.fasterxml.jackson.annotation.JsonProperty;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.identity.throttle.Throttle;
import cz.digidig.identity.token.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Gives an access token for a key. */
@RestController
@Tag(name = "Log-in", description = "Tokens for people and their programs.")
class KeyExchangeController {
    /** One count for all keys: a wrong one names no account. */
    private static final String ANY = "api key";

    private final ApiKeys keys;
    private final Sessions sessions;
    private final Throttle throttle;

    KeyExchangeController(ApiKeys keys, Sessions sessions, Throttle throttle) {
        this.keys = keys;
        this.sessions = sessions;
        this.throttle = throttle;
    }

    @PostMapping("/api/auth/key")
    @SecurityRequirements
    @Operation(
            operationId = "exchangeApiKey",
            summary = "Exchange an API key for an access token",
            description =
                    "The token has the key's scopes, as far as its owner still has them. There is no refresh token: "
                            + "exchange the key again.")
    ResponseEntity<KeyToken> exchange(@Valid @RequestBody Key request, HttpServletRequest http) {
        String client = http.getRemoteAddr();
        String counted = ANY + " " + client;
        throttle.check(counted, client);
        Optional<ApiKeys.Grant> grant = keys.exchange(request.key());
        if (grant.isEmpty()) {
            throttle.failed(counted, client);
            throw new ProblemException(ErrorCode.INVALID_CREDENTIALS, "The key is not valid (any more)");
        }
        Sessions.Limited token =
                sessions.limited(grant.get().account(), grant.get().scopes());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new KeyToken(token.token(), "Bearer", token.seconds(), String.join(" ", token.scopes())));
    }

    /** The body. */
    record Key(@NotBlank @Size(max = 200) String key) {
        @Override
        public String toString() {
            return "Key[]";
        }
    }

    /** RFC 6749 §5.1, without a refresh token. */
    record KeyToken(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn,
            String scope) {
        @Override
        public String toString() {
            return "KeyToken[]";
        }
    }
}
