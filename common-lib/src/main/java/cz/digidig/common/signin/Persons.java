package cz.digidig.common.signin;

import cz.digidig.common.security.Caller;
import cz.digidig.common.security.TokenVerifier;
import cz.digidig.common.security.VerifiedToken;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Who signed in: the ID token says that, the access token's roles say what for. */
@Component
@ConditionalOnSignIn
class Persons implements OAuth2UserService<OidcUserRequest, OidcUser> {
    private final TokenVerifier tokens;

    Persons(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        Caller caller = tokens.verify(request.getAccessToken().getTokenValue())
                .map(VerifiedToken::caller)
                .orElseThrow(() -> new OAuth2AuthenticationException(
                        new OAuth2Error("invalid_token", "the access token is not valid", null)));
        if (!caller.accountId().equals(request.getIdToken().getSubject())) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error("invalid_token", "the tokens are of two accounts", null));
        }
        Set<GrantedAuthority> roles = new HashSet<>();
        for (String role : caller.roles()) {
            roles.add(new SimpleGrantedAuthority(
                    "ROLE_" + role.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return new Person(roles, request, caller.email());
    }
}
