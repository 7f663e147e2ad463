package cz.digidig.identity.provider;

import com.nimbusds.jwt.JWTParser;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.signin.PageSecurity;
import java.text.ParseException;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2TokenEndpointConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.oidc.OidcProviderConfiguration;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Puts Spring Authorization Server in front of what it needs from here. */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {
    /** What has a controller of its own at the same path: keys, service tokens, log-out. */
    private static final RequestMatcher OURS = new OrRequestMatcher(
            request -> request.getRequestURI().equals("/oauth2/jwks"),
            request -> request.getRequestURI().equals("/connect/logout"),
            request -> request.getRequestURI().equals("/oauth2/token")
                    && !Set.of("authorization_code", "refresh_token")
                            .contains(String.valueOf(request.getParameter("grant_type"))));

    @Bean
    AuthorizationServerSettings authorizationServerSettings(ProviderProperties properties) {
        return AuthorizationServerSettings.builder().issuer(properties.issuer()).build();
    }

    @Bean
    OAuth2TokenGenerator<OAuth2Token> tokenGenerator(
            JwtEncoder encoder, TokenContents contents, CurrentSettings settings, Clock clock) {
        JwtGenerator tokens = new JwtGenerator(encoder);
        tokens.setJwtCustomizer(contents);
        return new DelegatingOAuth2TokenGenerator(tokens, new RefreshTokenMaker(settings, clock));
    }

    @Bean
    @Order(10)
    SecurityFilterChain provider(HttpSecurity http, Clients clients) {
        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        PublicClientRefresh publicClients = new PublicClientRefresh(clients);
        PageSecurity.headers(http);
        return http.securityMatcher(
                        new AndRequestMatcher(server.getEndpointsMatcher(), new NegatedRequestMatcher(OURS)))
                .with(server, provider -> provider.oidc(openid -> openid.providerConfigurationEndpoint(
                                endpoint -> endpoint.providerConfigurationCustomizer(ProviderConfiguration::describe)))
                        .clientAuthentication(authentication -> authentication
                                .authenticationConverters(converters -> converters.addFirst(publicClients))
                                .authenticationProvider(publicClients)
                                .authenticationProviders(ProviderConfiguration::compareSecrets))
                        .authorizationEndpoint(endpoint -> endpoint.consentPage("/oauth2/consent")
                                .authenticationProviders(ProviderConfiguration::checkRedirects))
                        .tokenEndpoint(ProviderConfiguration::tellScopes))
                .authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
                .oauth2ResourceServer(tokens -> tokens.jwt(Customizer.withDefaults()))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                        PageSecurity.toSignIn(),
                        request -> request.getRequestURI().equals("/oauth2/authorize")))
                .build();
    }

    /** What discovery says beyond what Spring knows (OpenID Connect Discovery 1.0 §3). */
    private static void describe(OidcProviderConfiguration.Builder configuration) {
        configuration
                .scopes(scopes -> {
                    scopes.clear();
                    scopes.addAll(Clients.SCOPES);
                })
                .grantTypes(types -> {
                    types.clear();
                    types.addAll(List.of("authorization_code", "refresh_token", "client_credentials"));
                })
                .claim("prompt_values_supported", List.of("none"))
                .claim("ui_locales_supported", List.of("en", "cs"));
    }

    private static void compareSecrets(List<AuthenticationProvider> providers) {
        for (AuthenticationProvider provider : providers) {
            if (provider instanceof ClientSecretAuthenticationProvider secrets) {
                secrets.setPasswordEncoder(new SecretComparison());
            }
        }
    }

    private static void checkRedirects(List<AuthenticationProvider> providers) {
        for (AuthenticationProvider provider : providers) {
            if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider requests) {
                requests.setAuthenticationValidator(new RedirectUris()
                        .andThen(OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR));
            }
        }
    }

    /** The answer names the scopes that the token has, which may be fewer than were asked for (RFC 6749 §5.1). */
    private static void tellScopes(OAuth2TokenEndpointConfigurer endpoint) {
        OAuth2AccessTokenResponseAuthenticationSuccessHandler answers =
                new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
        answers.setAccessTokenResponseCustomizer(ProviderConfiguration::tellScopes);
        endpoint.accessTokenResponseHandler(answers);
    }

    private static void tellScopes(OAuth2AccessTokenAuthenticationContext context) {
        OAuth2AccessTokenAuthenticationToken answer = context.getAuthentication();
        try {
            String scopes = JWTParser.parse(answer.getAccessToken().getTokenValue())
                    .getJWTClaimsSet()
                    .getStringClaim("scope");
            context.getAccessTokenResponse().scopes(new LinkedHashSet<>(Arrays.asList(scopes.split(" ", -1))));
        } catch (ParseException broken) {
            throw new IllegalStateException("a token that was just made can't be read", broken);
        }
    }
}
