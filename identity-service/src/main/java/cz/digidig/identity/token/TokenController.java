package cz.digidig.identity.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import cz.digidig.common.client.ServiceSecret;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.throttle.Throttle;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The OAuth end points that services need: the client credentials grant (RFC 6749 §4.4) and the public keys. */
@RestController
@Tag(name = "OAuth", description = "Tokens for the suite's own services, and the keys that verify every token.")
class TokenController {
    private static final Duration KEYS_FRESH = Duration.ofMinutes(5);

    private final AccessTokens tokens;
    private final SigningKeys keys;
    private final Audit audit;
    private final ServiceSecret secret;
    private final Throttle throttle;
    private final TokenProperties properties;
    private final CurrentSettings settings;

    TokenController(
            AccessTokens tokens,
            SigningKeys keys,
            Audit audit,
            ServiceSecret secret,
            Throttle throttle,
            TokenProperties properties,
            CurrentSettings settings) {
        this.tokens = tokens;
        this.keys = keys;
        this.audit = audit;
        this.secret = secret;
        this.throttle = throttle;
        this.properties = properties;
        this.settings = settings;
    }

    @GetMapping("/oauth2/jwks")
    @Operation(operationId = "getKeys", summary = "The public keys, as a JSON Web Key Set (RFC 7517)")
    ResponseEntity<Map<String, Object>> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(KEYS_FRESH).cachePublic())
                .body(keys.valid().toPublicJWKSet().toJSONObject());
    }

    @PostMapping("/api/keys/rotate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "rotateKeys",
            summary = "Sign with a new key from now on",
            description = "Tokens signed by the old key stay valid until they expire. Scope: admin.")
    void rotate() {
        keys.rotate();
        audit.record(AuditAction.KEYS_ROTATED, "signing key", "", "");
    }

    @PostMapping(path = "/oauth2/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Operation(
            operationId = "getServiceToken",
            summary = "A token for a service (client credentials, HTTP Basic)",
            description = "Client id: the service's name. Client secret: the suite's service secret.")
    ResponseEntity<TokenAnswer> token(
            @RequestParam(name = "grant_type", required = false) @Nullable String grantType,
            @RequestParam(required = false) @Nullable String scope,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            HttpServletRequest request) {
        Optional<Credentials> given = Credentials.read(authorization);
        String client = given.map(Credentials::client).orElse("");
        throttle.check("service " + client, request.getRemoteAddr());
        if (given.isEmpty() || !accepts(given.get())) {
            throttle.failed("service " + client, request.getRemoteAddr());
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"digidig\"")
                    .body(TokenAnswer.refused("invalid_client"));
        }
        throttle.succeeded("service " + client, request.getRemoteAddr());
        if (!"client_credentials".equals(grantType)) {
            return ResponseEntity.badRequest().body(TokenAnswer.refused("unsupported_grant_type"));
        }
        if (scope != null && !scope.equals("internal")) {
            return ResponseEntity.badRequest().body(TokenAnswer.refused("invalid_scope"));
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(TokenAnswer.granted(
                        tokens.forService(client), settings.tokens().service().toSeconds()));
    }

    /** Takes the same time for every wrong secret of the same length. */
    private boolean accepts(Credentials given) {
        boolean right = MessageDigest.isEqual(
                secret.value().getBytes(StandardCharsets.UTF_8), given.secret().getBytes(StandardCharsets.UTF_8));
        return right && properties.services().contains(given.client());
    }

    /** RFC 6749 §5.1 and §5.2. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TokenAnswer(
            @JsonProperty("access_token") @Nullable String accessToken,
            @JsonProperty("token_type") @Nullable String tokenType,
            @JsonProperty("expires_in") @Nullable Long expiresIn,
            @Nullable String scope,
            @Nullable String error) {
        static TokenAnswer granted(String token, long seconds) {
            return new TokenAnswer(token, "Bearer", seconds, "internal", null);
        }

        static TokenAnswer refused(String error) {
            return new TokenAnswer(null, null, null, null, error);
        }

        @Override
        public String toString() {
            return "TokenAnswer[]";
        }
    }

    /** A client's id and secret from HTTP Basic; both are form-encoded inside it (RFC 6749 §2.3.1). */
    private record Credentials(String client, String secret) {
        private static final int LONGEST = 2000;

        static Optional<Credentials> read(@Nullable String header) {
            if (header == null || header.length() > LONGEST || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
                return Optional.empty();
            }
            try {
                byte[] bytes = Base64.getDecoder().decode(header.substring(6).strip());
                String text = new String(bytes, StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                return colon < 0
                        ? Optional.empty()
                        : Optional.of(
                                new Credentials(decode(text.substring(0, colon)), decode(text.substring(colon + 1))));
            } catch (IllegalArgumentException notBasic) {
                return Optional.empty();
            }
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Credentials[" + client + "]";
        }
    }
}
