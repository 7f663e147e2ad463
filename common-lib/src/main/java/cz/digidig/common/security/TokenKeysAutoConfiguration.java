package cz.digidig.common.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import cz.digidig.common.client.ClientProperties;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Verifies tokens by the keys that identity publishes. They are fetched at first use, refreshed ahead of time, and kept
 * for hours while identity does not answer. A service that has its own {@link JwtDecoder} (identity) uses that.
 */
@AutoConfiguration(before = OAuth2ResourceServerAutoConfiguration.class)
class TokenKeysAutoConfiguration {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration KEPT_IN_OUTAGE = Duration.ofHours(6);
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(1);
    private static final int MOST_OCTETS = 100_000;

    @Bean
    @ConditionalOnMissingBean
    JwtDecoder jwtDecoder(ClientProperties services) throws MalformedURLException {
        int wait = (int) WAIT.toMillis();
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                        services.identityUrl().resolve("/oauth2/jwks").toURL(),
                        new DefaultResourceRetriever(wait, wait, MOST_OCTETS))
                .cache(KEPT.toMillis(), 2L * wait)
                .refreshAheadCache(true)
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerant(KEPT_IN_OUTAGE.toMillis())
                .build();
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys));
        // Times are judged by the validators below, which allow for clocks that differ.
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(JwtValidators.createDefault());
        return decoder;
    }
}
