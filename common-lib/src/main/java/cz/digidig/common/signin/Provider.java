package cz.digidig.common.signin;

import cz.digidig.common.client.ClientProperties;
import cz.digidig.common.client.ServiceSecret;
import java.net.URI;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.web.client.RestClient;

/**
 * Identity as OpenID provider. Its end points are named one by one and not discovered, so that this service starts while
 * identity is down, and so that browsers and services may reach it by different names.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSignIn
class Provider {
    /** The registration's name, in paths. */
    static final String DIGIDIG = "digidig";

    @Bean
    ClientRegistrationRepository registrations(
            SignInProperties signIn, ClientProperties services, ServiceSecret secret) {
        String outside = plain(signIn.identityPublicUrl());
        String inside = plain(services.identityUrl());
        return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId(DIGIDIG)
                .clientId(signIn.clientId())
                .clientSecret(secret.value())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build())
                .redirectUri(plain(signIn.url()) + "/login/oauth2/code/" + DIGIDIG)
                .scope(signIn.scopes())
                .issuerUri(outside)
                .authorizationUri(outside + "/oauth2/authorize")
                .tokenUri(inside + "/oauth2/token")
                .jwkSetUri(inside + "/oauth2/jwks")
                .userNameAttributeName("sub")
                .providerConfigurationMetadata(Map.of("end_session_endpoint", outside + "/connect/logout"))
                .build());
    }

    static String plain(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** ID tokens are signed by the same keys as access tokens. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(JwtDecoder keys) {
        return registration -> token -> {
            Jwt jwt = keys.decode(token);
            OAuth2TokenValidatorResult judged = new OidcIdTokenValidator(registration).validate(jwt);
            if (judged.hasErrors()) {
                throw new JwtValidationException("the ID token is not for this service", judged.getErrors());
            }
            return jwt;
        };
    }

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codes(SignInProperties properties) {
        RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(tokenCalls(properties));
        return client;
    }

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshes(SignInProperties properties) {
        RestClientRefreshTokenTokenResponseClient client = new RestClientRefreshTokenTokenResponseClient();
        client.setRestClient(tokenCalls(properties));
        return client;
    }

    private static RestClient tokenCalls(SignInProperties properties) {
        HttpComponentsClientHttpRequestFactory requests = new HttpComponentsClientHttpRequestFactory();
        requests.setConnectionRequestTimeout(properties.connectTimeout());
        requests.setReadTimeout(properties.responseTimeout());
        return RestClient.builder()
                .requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }
}
