package cz.digidig.identity.signin;

import cz.digidig.common.web.PagePolicy;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

/** The rules for pages: a browser's session, a CSRF token in each form, nothing from outside. */
@Configuration(proxyBeanMethods = false)
public class PageSecurity {
    /** Where a browser lands that came here by itself. */
    public static final String HOME = "/";

    /** Browsers judge by it where a sent form's answer leads too, and a sign-in leads to whoever asked for it. */
    private static final List<String> FORM_TARGETS = List.of("http:", "https:");

    private static final String[] OPEN = {
        SignInController.PATH,
        SignInController.PATH + "/**",
        "/connect/logout",
        "/preferences",
        "/error",
        "/assets/**",
        "/webjars/**"
    };

    @Bean
    @Order(20)
    SecurityFilterChain pages(HttpSecurity http) {
        headers(http);
        return http.securityMatchers(matchers -> matchers.requestMatchers(OPEN)
                        .requestMatchers(HOME, SignOutController.PATH, "/oauth2/consent", "/security/**"))
                .authorizeHttpRequests(rules -> rules.requestMatchers(OPEN)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, SignOutController.PATH)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .csrf(tokens -> tokens.csrfTokenRepository(csrfTokens()))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(failures -> failures.authenticationEntryPoint(toSignIn()))
                .build();
    }

    /** Sends whoever is not signed in to the page for it, and back afterwards. */
    public static AuthenticationEntryPoint toSignIn() {
        return (request, response, _) -> response.sendRedirect(Continuation.signIn(request));
    }

    /** The headers of every page. */
    public static void headers(HttpSecurity http) {
        PagePolicy.apply(http, FORM_TARGETS, "");
    }

    private static CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("digidig-identity-csrf");
        // What the suite's layout says to htmx.
        tokens.setHeaderName("X-CSRF-TOKEN");
        tokens.setCookieCustomizer(
                cookie -> cookie.sameSite("Lax").httpOnly(true).path("/"));
        return tokens;
    }
}
