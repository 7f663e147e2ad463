package cz.digidig.common.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class RememberedTokensTest {
    private final AtomicInteger decoded = new AtomicInteger();
    private final Instant now = Instant.now();

    private RememberedTokens tokens(Jwt.Builder token) {
        return new RememberedTokens(text -> {
            decoded.incrementAndGet();
            return token.header("alg", "RS256").build();
        });
    }

    @Test
    void isVerifiedOnce() {
        RememberedTokens tokens =
                tokens(Jwt.withTokenValue("a.b.c").claim("scope", "admin").expiresAt(now.plusSeconds(60)));

        assertThat(tokens.decode("a.b.c")).isSameAs(tokens.decode("a.b.c"));
        assertThat(decoded).hasValue(1);
    }

    @Test
    void anIdTokenIsNoAccessToken() {
        RememberedTokens tokens =
                tokens(Jwt.withTokenValue("a.b.c").subject("42").expiresAt(now.plusSeconds(60)));

        assertThatThrownBy(() -> tokens.decode("a.b.c")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void isRefusedOnceItHasExpired() {
        RememberedTokens tokens =
                tokens(Jwt.withTokenValue("a.b.c").claim("scope", "admin").expiresAt(now.minusSeconds(1)));
        tokens.decode("a.b.c");

        assertThatThrownBy(() -> tokens.decode("a.b.c")).hasMessageContaining("expired");
    }
}
