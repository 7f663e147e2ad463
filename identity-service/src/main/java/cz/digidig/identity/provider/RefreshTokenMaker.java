package cz.digidig.identity.provider;

import cz.digidig.identity.settings.CurrentSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Makes refresh tokens, for mail programs too: theirs rotate and end at a second use (RFC 9700 §4.14.2). None lives past
 * the longest life of a session.
 */
final class RefreshTokenMaker implements OAuth2TokenGenerator<OAuth2RefreshToken> {
    private static final int BYTES = 48;

    private final CurrentSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RefreshTokenMaker(CurrentSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
            return null;
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Instant now = clock.instant();
        return new OAuth2RefreshToken(
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), now, end(context, now));
    }

    private Instant end(OAuth2TokenContext context, Instant now) {
        Instant usual = now.plus(settings.tokens().refresh());
        Instant last = begun(context, now).plus(settings.tokens().session());
        Instant end = usual.isBefore(last) ? usual : last;
        // A token must live a moment, also where the setting was shortened meanwhile.
        return end.isAfter(now) ? end : now.plusSeconds(1);
    }

    private static Instant begun(OAuth2TokenContext context, Instant now) {
        OAuth2Authorization authorization = context.getAuthorization();
        OAuth2Authorization.Token<OAuth2AuthorizationCode> code =
                authorization == null ? null : authorization.getToken(OAuth2AuthorizationCode.class);
        Instant issued = code == null ? null : code.getToken().getIssuedAt();
        return issued == null ? now : issued;
    }
}
