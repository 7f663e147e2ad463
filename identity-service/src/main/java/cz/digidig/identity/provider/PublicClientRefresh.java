package cz.digidig.identity.provider;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets a mail program refresh and revoke its tokens by its client id alone (RFC 6749 §6): it has no secret, and the
 * verifier of PKCE was for its code. What it holds is bound to that client, and rotates.
 */
final class PublicClientRefresh implements AuthenticationConverter, AuthenticationProvider {
    private final Clients clients;

    PublicClientRefresh(Clients clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String[] ids = request.getParameterValues("client_id");
        boolean refreshes = "refresh_token".equals(request.getParameter("grant_type"));
        boolean revokes = request.getRequestURI().endsWith("/oauth2/revoke");
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null
                        && ids != null
                        && ids.length == 1
                        && request.getParameter("client_secret") == null
                        && (refreshes || revokes)
                ? new PublicClient(ids[0])
                : null;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        RegisteredClient client = clients.findByClientId(authentication.getName());
        if (client == null || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT));
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return authentication == PublicClient.class;
    }

    /** A type of its own, so that Spring's provider for codes, which wants a verifier, leaves it alone. */
    private static final class PublicClient extends OAuth2ClientAuthenticationToken {
        PublicClient(String id) {
            super(id, ClientAuthenticationMethod.NONE, null, null);
        }
    }
}
