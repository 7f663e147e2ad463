package cz.digidig.storage;

import java.time.Instant;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Takes tokens that say themselves what they allow: {@code internal}, or {@code user-} and an account's id. */
@TestConfiguration(proxyBeanMethods = false)
public class TestTokens {
    static final String INTERNAL = "internal";

    static String user(String account) {
        return "user-" + account;
    }

    @Bean
    JwtDecoder jwtDecoder() {
        return token -> {
            boolean internal = token.equals(INTERNAL);
            return Jwt.withTokenValue(token)
                    .header("alg", "none")
                    .subject(internal ? "imap-service" : token.substring("user-".length()))
                    .claim("scope", internal ? "internal" : "mail.read mail.write")
                    .claim("roles", List.of())
                    .issuedAt(Instant.EPOCH)
                    .expiresAt(Instant.MAX)
                    .build();
        };
    }
}
