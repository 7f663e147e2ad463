package cz.digidig.identity.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/**
 * Where an answer may be sent: for the web applications exactly what is registered, for mail programs any port and path of
 * the machine that the browser runs on (RFC 8252 §7.3; {@code localhost} too, which many of them use).
 */
final class RedirectUris implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        String wanted = request.getRedirectUri();
        boolean allowed = context.getRegisteredClient().getClientId().equals(Clients.MAIL)
                ? isLoopback(wanted)
                : wanted != null
                        && context.getRegisteredClient().getRedirectUris().contains(wanted);
        if (!allowed) {
            // Without the request in it, so that nothing is sent there.
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(
                    new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, "redirect_uri is not registered", null), null);
        }
    }

    static boolean isLoopback(@Nullable String text) {
        if (text == null) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && LOOPBACK.contains(uri.getHost())
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
