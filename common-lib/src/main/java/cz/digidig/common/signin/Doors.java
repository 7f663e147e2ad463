package cz.digidig.common.signin;

import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.identity.IdentityChange;
import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.web.PagePolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** Who reaches which page, and how they get in and out. REST paths have the suite's common rules. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSignIn
class Doors {
    private static final String START = "/oauth2/authorization/" + Provider.DIGIDIG;
    static final String OUTSIDE = "/signed-out";

    /** Behind a proxy that ends TLS, too. */
    @Bean
    ServletContextInitializer secureCookie(SignInProperties properties) {
        return context -> {
            if ("https".equals(properties.url().getScheme())) {
                context.getSessionCookieConfig().setSecure(true);
            }
        };
    }

    /** Identity tells which sign-ins end. */
    @Bean
    AutoCloseable endedSignIns(ServiceClients services, SignIns signIns) {
        return services.events(
                Peer.IDENTITY, IdentityApi.EVENTS_PATH, IdentityChange.class, signIns::changed, () -> {});
    }

    /** Tokens live in the session of the browser that they were given to, and end with it. */
    @Bean
    OAuth2AuthorizedClientRepository sessionTokens() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }

    @Bean
    OAuth2AuthorizedClientManager clients(
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientRepository tokens,
            OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshes) {
        DefaultOAuth2AuthorizedClientManager manager = new DefaultOAuth2AuthorizedClientManager(registrations, tokens);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .authorizationCode()
                .refreshToken(refresh -> refresh.accessTokenResponseClient(refreshes))
                .build());
        return manager;
    }

    @Bean
    @Order(1)
    SecurityFilterChain pages(
            HttpSecurity http,
            SignInProperties properties,
            Persons persons,
            SignIns signIns,
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientRepository tokens,
            OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codes) {
        SavedRequestAwareAuthenticationSuccessHandler inside = new SavedRequestAwareAuthenticationSuccessHandler();
        OidcClientInitiatedLogoutSuccessHandler everywhere = new OidcClientInitiatedLogoutSuccessHandler(registrations);
        everywhere.setPostLogoutRedirectUri(Provider.plain(properties.url()) + "/");
        PagePolicy.apply(http, List.of(Provider.plain(properties.identityPublicUrl())), PolicyReportController.PATH);
        return http.securityMatcher(request -> !isRest(request.getServletPath()))
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(
                                "/assets/**",
                                "/webjars/**",
                                "/preferences",
                                OUTSIDE,
                                "/error",
                                PolicyReportController.PATH)
                        .permitAll()
                        .requestMatchers(properties.open().toArray(String[]::new))
                        .permitAll()
                        .anyRequest()
                        .access(insiders(properties)))
                // A browser reports without a session, for frames that have no origin too.
                .csrf(csrf -> csrf.ignoringRequestMatchers(PolicyReportController.PATH))
                .oauth2Login(login -> login.loginPage(START)
                        .clientRegistrationRepository(registrations)
                        .authorizedClientRepository(tokens)
                        .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(codes))
                        .userInfoEndpoint(endpoint -> endpoint.oidcUserService(persons))
                        .successHandler((request, response, person) -> {
                            PersonTokens.prepare(request.getSession());
                            if (person.getPrincipal() instanceof Person known) {
                                signIns.hold(request.getSession(), known);
                            }
                            inside.onAuthenticationSuccess(request, response, person);
                        })
                        .failureHandler((request, response, failure) -> response.sendRedirect(OUTSIDE + "?failed")))
                .logout(logout -> logout.logoutUrl("/logout")
                        .logoutSuccessHandler(everywhere)
                        .deleteCookies(properties.cookie()))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(Doors::toSignIn))
                .build();
    }

    private static AuthorizationManager<RequestAuthorizationContext> insiders(SignInProperties properties) {
        return properties.roles().isEmpty()
                ? AuthenticatedAuthorizationManager.authenticated()
                : AuthorityAuthorizationManager.hasAnyRole(properties.roles().toArray(String[]::new));
    }

    private static boolean isRest(String path) {
        return path.startsWith("/api/") || path.startsWith("/actuator/") || path.startsWith("/v3/");
    }

    /** A part of a page can't follow to another host: the page as a whole is loaded again, and goes to sign in. */
    private static void toSignIn(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if ("true".equals(request.getHeader("HX-Request"))) {
            response.setHeader("HX-Refresh", "true");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        if (request.getHeader("Accept") != null && request.getHeader("Accept").contains("text/event-stream")) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        new LoginUrlAuthenticationEntryPoint(START).commence(request, response, failure);
    }
}
