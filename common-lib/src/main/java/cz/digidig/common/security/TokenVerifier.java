package cz.digidig.common.security;

import cz.digidig.common.client.ServiceUnavailable;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/** Verifies access tokens that come by another way than an HTTP header (OAUTHBEARER, RFC 7628). */
@Component
public final class TokenVerifier {
    private final RememberedTokens tokens;

    TokenVerifier(RememberedTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * What the token says; empty where it is malformed, expired or not signed by a key of identity's.
     *
     * @throws ServiceUnavailable the keys could not be fetched yet
     */
    public Optional<VerifiedToken> verify(String token) {
        try {
            Jwt jwt = tokens.decode(token);
            Instant expires = jwt.getExpiresAt();
            return expires == null ? Optional.empty() : Optional.of(new VerifiedToken(Caller.of(jwt), expires));
        } catch (BadJwtException _) {
            return Optional.empty();
        } catch (JwtException unavailable) {
            throw new ServiceUnavailable("identity's keys are not known yet", unavailable);
        }
    }
}
