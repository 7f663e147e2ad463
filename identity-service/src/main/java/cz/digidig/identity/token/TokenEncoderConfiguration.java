package cz.digidig.identity.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Signs what the OpenID provider issues by the key that signs now. */
@Configuration(proxyBeanMethods = false)
class TokenEncoderConfiguration {
    @Bean
    JwtEncoder jwtEncoder(SigningKeys keys) {
        return parameters -> {
            RSAKey key = keys.active();
            JwsHeader wanted = parameters.getJwsHeader();
            if (wanted == null) {
                throw new IllegalArgumentException("no header is given");
            }
            JwsHeader header = JwsHeader.from(wanted).keyId(key.getKeyID()).build();
            return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
                    .encode(JwtEncoderParameters.from(header, parameters.getClaims()));
        };
    }

    @Bean
    JWKSource<SecurityContext> jwkSource(SigningKeys keys) {
        return (selector, context) -> selector.select(keys.valid());
    }
}
