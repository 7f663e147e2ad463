package cz.digidig.common.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.stream.Stream;

/** Signs access tokens as identity does, with a key of its own. */
public final class TestTokens {
    private final ECKey key;

    public TestTokens() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What {@code /oauth2/jwks} answers. */
    public String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** A user's token that is good for an hour. */
    public String user(String account, String email, String... scopes) {
        return token(account, email, Duration.ofHours(1), scopes);
    }

    /** A service's token that is good for an hour. */
    public String service(String name) {
        return token(name, "", Duration.ofHours(1), "internal");
    }

    /** An ID token (OpenID Connect Core §2) that is good for five minutes. */
    public String identity(String account, String issuer, String audience, String nonce) {
        Date now = Date.from(Clock.systemUTC().instant());
        return signed(new JWTClaimsSet.Builder()
                .subject(account)
                .issuer(issuer)
                .audience(audience)
                .claim("nonce", nonce)
                .claim("sid", "sid-" + nonce)
                .issueTime(now)
                .expirationTime(Date.from(now.toInstant().plus(Duration.ofMinutes(5)))));
    }

    public String token(String account, String email, Duration life, String... scopes) {
        Date now = Date.from(Clock.systemUTC().instant());
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(account)
                .issueTime(now)
                .expirationTime(Date.from(now.toInstant().plus(life)))
                .claim("scope", String.join(" ", scopes));
        if (!email.isEmpty()) {
            claims.claim("email", email)
                    .claim(
                            "roles",
                            Stream.concat(Stream.of("user"), Stream.of(scopes).filter(scope -> scope.endsWith("admin")))
                                    .toList());
        }
        return signed(claims);
    }

    private String signed(JWTClaimsSet.Builder claims) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("test").build(), claims.build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
