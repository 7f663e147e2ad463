package cz.digidig.identity.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.account.Role;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.web.OpaqueId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Signs access tokens. */
@Component
public class AccessTokens {
    private final SigningKeys keys;
    private final TokenProperties properties;
    private final CurrentSettings settings;
    private final Clock clock;

    AccessTokens(SigningKeys keys, TokenProperties properties, CurrentSettings settings, Clock clock) {
        this.keys = keys;
        this.properties = properties;
        this.settings = settings;
        this.clock = clock;
    }

    /** A person's token. */
    String forAccount(AccountFacts account) {
        return forAccount(account, account.scopes());
    }

    /** A person's token with these scopes. */
    String forAccount(AccountFacts account, List<String> scopes) {
        return sign(claims(account.id(), settings.tokens().access())
                .claim("email", account.email())
                .claim("roles", account.roles().stream().map(Role::label).toList())
                .claim("scope", String.join(" ", scopes))
                .build());
    }

    /** A service's token. */
    public String forService(String client) {
        return sign(claims(client, settings.tokens().service())
                .claim("client_id", client)
                .claim("roles", List.of())
                .claim("scope", "internal")
                .build());
    }

    private JwtClaimsSet.Builder claims(String subject, Duration life) {
        Instant now = clock.instant();
        return JwtClaimsSet.builder()
                .issuer(properties.issuer())
                .subject(subject)
                .id(OpaqueId.at(now.toEpochMilli()))
                .issuedAt(now)
                .expiresAt(now.plus(life));
    }

    private String sign(JwtClaimsSet claims) {
        RSAKey key = keys.active();
        JwsHeader header =
                JwsHeader.with(SignatureAlgorithm.RS256).keyId(key.getKeyID()).build();
        return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
                .encode(JwtEncoderParameters.from(header, claims))
                .getTokenValue();
    }
}
