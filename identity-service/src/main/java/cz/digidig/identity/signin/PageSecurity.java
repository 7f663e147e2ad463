package cz.digidig.identity.signin;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The rules for pages: a browser's session, a CSRF token in each form, nothing from outside and no script. */
@Configuration(proxyBeanMethods = false)
public class PageSecurity {
    /**
     * Without {@code form-action}: browsers judge by it where a sent form's answer leads too, and a sign-in leads to the
     * application that asked for it.
     */
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String[] OPEN = {
        HomeController.PATH,
        SignInController.PATH,
        SignInController.PATH + "/**",
        "/connect/logout",
        "/assets/**",
        "/webjars/**"
    };

    @Bean
    @Order(20)
    SecurityFilterChain pages(HttpSecurity http) {
        return http.securityMatchers(matchers -> matchers.requestMatchers(OPEN)
                        .requestMatchers("/sign-out", "/oauth2/consent", "/security", "/security/**"))
                .authorizeHttpRequests(rules -> rules.requestMatchers(OPEN)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/sign-out")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .csrf(tokens -> tokens.csrfTokenRepository(csrfTokens()))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(failures -> failures.authenticationEntryPoint(toSignIn()))
                .headers(PageSecurity::headers)
                .build();
    }

    /** Sends whoever is not signed in to the page for it, and back afterwards. */
    public static AuthenticationEntryPoint toSignIn() {
        return (request, response, _) -> response.sendRedirect(Continuation.signIn(request));
    }

    /** The headers of every page. */
    public static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
    }

    private static CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("digidig-identity-csrf");
        tokens.setCookieCustomizer(
                cookie -> cookie.sameSite("Lax").httpOnly(true).path("/"));
        return tokens;
    }
}
