package cz.digidig.common.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.stereotype.Component;

/**
 * Verifies a token once and remembers it for a minute: services come back with the same one thousands of times a second,
 * and a signature costs more than many a request. An expired token is refused at once, one whose key was withdrawn a
 * minute later.
 */
@Component
class RememberedTokens {
    private static final long MOST = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final JwtDecoder decoder;
    private final Clock clock = Clock.systemUTC();
    private final Cache<String, Jwt> verified =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    RememberedTokens(JwtDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * As {@link JwtDecoder#decode(String)}, of access tokens alone: identity signs ID tokens by the same keys, and those
     * are for the application that asked for them (RFC 9068 §5).
     */
    Jwt decode(String token) {
        Jwt known = verified.getIfPresent(token);
        if (known == null) {
            Jwt fresh = decoder.decode(token);
            if (!fresh.hasClaim("scope")) {
                throw new BadJwtException("not an access token");
            }
            verified.put(token, fresh);
            return fresh;
        }
        Instant expires = known.getExpiresAt();
        if (expires != null && expires.isBefore(clock.instant())) {
            verified.invalidate(token);
            throw new BadJwtException("the token has expired");
        }
        return known;
    }
}
