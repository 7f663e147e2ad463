package cz.digidig.common.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The rules that hold at every service's REST edge. Stateless: every request carries its token. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String ADMIN = "SCOPE_admin";
    private static final String INTERNAL = "SCOPE_internal";

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain restEdge(
            HttpSecurity http,
            ProblemResponses problems,
            ObjectProvider<AccessRules> services,
            RememberedTokens verified,
            ScraperLogin scraper) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(rules -> {
                    services.orderedStream().forEach(own -> own.apply(rules));
                    // Outcomes of requests that were allowed before.
                    rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                            .permitAll()
                            .requestMatchers("/api/health", "/actuator/health/**", "/v3/api-docs", "/v3/api-docs/**")
                            .permitAll()
                            .requestMatchers("/v3/api-docs.yaml", "/oauth2/**", "/.well-known/**")
                            .permitAll()
                            .requestMatchers(
                                    HttpMethod.POST, "/api/auth/login", "/api/auth/refresh", "/api/auth/logout")
                            .permitAll()
                            .requestMatchers("/actuator/prometheus")
                            .access(localOrAdmin(scraper))
                            .requestMatchers("/api/internal/**")
                            .hasAuthority(INTERNAL)
                            .requestMatchers("/api/stats", "/api/stats/**")
                            .hasAnyAuthority(ADMIN, INTERNAL)
                            .requestMatchers("/api/config", "/api/config/**")
                            .hasAuthority(ADMIN)
                            .anyRequest()
                            .authenticated();
                })
                .oauth2ResourceServer(tokens -> tokens.authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems)
                        .jwt(jwt -> jwt.decoder(verified::decode)
                                .jwtAuthenticationConverter(
                                        token -> new JwtAuthenticationToken(token, TokenClaims.authorities(token))))
                        .withObjectPostProcessor(answerOutages(problems)))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .build();
    }

    /** By default an outage of identity would surface as a bare 500. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answerOutages(ProblemResponses problems) {
        AuthenticationFailureHandler handler = problems::commence;
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(handler);
                return filter;
            }
        };
    }

    /**
     * Metrics are for a scraper on this machine without a token, where a proxy on it speaks for someone elsewhere, and for
     * one elsewhere that logs in.
     */
    private static AuthorizationManager<RequestAuthorizationContext> localOrAdmin(ScraperLogin scraper) {
        AuthorizationManager<RequestAuthorizationContext> scoped =
                AuthorityAuthorizationManager.hasAnyAuthority(ADMIN, INTERNAL);
        return (caller, context) -> isLocal(context.getRequest()) || scraper.accepts(context.getRequest())
                ? new AuthorizationDecision(true)
                : scoped.authorize(caller, context);
    }

    private static boolean isLocal(HttpServletRequest request) {
        try {
            return request.getHeader("X-Forwarded-For") == null
                    && request.getHeader("Forwarded") == null
                    && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /**
     * Local parts of addresses are path segments and may hold any of these, percent-encoded. Rules and handlers both
     * match on decoded segments, so none of them can hide a path.
     */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowSemicolon(true);
        return firewall;
    }

    /** A span and a timer for every filter of every request cost more than the filters do. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    WebMvcConfigurer callerParameter() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerParameter());
            }
        };
    }
}
