package cz.digidig.identity.provider;

import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.account.Role;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.signin.SignedIn;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/**
 * What access tokens and ID tokens say. The account is read anew for each, so a change of roles counts from the next
 * refresh on, and a disabled account gets none.
 */
@Component
class TokenContents implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private final AccountDirectory accounts;
    private final CurrentSettings settings;
    private final Clock clock;

    TokenContents(AccountDirectory accounts, CurrentSettings settings, Clock clock) {
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        AccountFacts account = accounts.account(context.getPrincipal().getName())
                .filter(AccountFacts::enabled)
                .orElseThrow(() -> new OAuth2AuthenticationException(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT, "the account is not there any more", null)));
        SignedIn signedIn = SignedIn.of(context.getPrincipal());
        JwtClaimsSet.Builder claims = context.getClaims()
                .claim("email", account.email())
                .claim("roles", stored(account.roles().stream().map(Role::label).toList()))
                .claim("sid", signedIn.id());
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            Instant now = clock.instant();
            claims.issuedAt(now)
                    .notBefore(now)
                    .expiresAt(now.plus(settings.tokens().access()))
                    .claim("client_id", context.getRegisteredClient().getClientId())
                    .claim("scope", String.join(" ", allowed(account, context.getAuthorizedScopes())));
        } else {
            claims.claim("email_verified", true)
                    .claim("preferred_username", account.email())
                    .claim("name", account.displayName().isEmpty() ? account.email() : account.displayName())
                    .claim("auth_time", Date.from(signedIn.at()))
                    .claim("amr", stored(signedIn.methods()));
        }
    }

    /** A list of a kind that the store of authorizations reads back. */
    private static List<String> stored(List<String> list) {
        return new ArrayList<>(list);
    }

    /** What was asked for, as far as the account's roles go; who asks for administration gets what he may administer. */
    private static List<String> allowed(AccountFacts account, Set<String> asked) {
        Set<String> may = Set.copyOf(account.scopes());
        return asked.stream()
                .map(scope -> scope.equals("admin") && !may.contains("admin") ? "domain-admin" : scope)
                .filter(scope -> Clients.aboutTheUser(scope) || may.contains(scope))
                .sorted()
                .toList();
    }
}
