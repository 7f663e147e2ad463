package cz.digidig.identity.web;

import cz.digidig.common.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may call what here, beside the rules that every service has: everything else is administration. */
@Configuration(proxyBeanMethods = false)
class IdentityAccess {
    /** Whoever lets domain administrators in asks for their reach. */
    private static final String[] ADMINISTRATORS = {"SCOPE_admin", "SCOPE_domain-admin"};

    @Bean
    AccessRules rules() {
        return rules -> rules.requestMatchers(HttpMethod.POST, "/api/auth/key")
                .permitAll()
                .requestMatchers("/api/accounts/me", "/api/accounts/me/**")
                .hasAuthority("SCOPE_account")
                .requestMatchers("/api/accounts/*/domains")
                .hasAuthority("SCOPE_admin")
                .requestMatchers(HttpMethod.GET, "/api/domains", "/api/domains/*", "/api/domains/*/limits")
                .hasAnyAuthority(ADMINISTRATORS)
                .requestMatchers("/api/domains/*/dkim", "/api/domains/*/dkim/**")
                .hasAnyAuthority(ADMINISTRATORS)
                .requestMatchers("/api/accounts/**", "/api/aliases/**", "/api/groups/**", "/api/audit", "/api/audit/**")
                .hasAnyAuthority(ADMINISTRATORS)
                .requestMatchers("/api/domains/**", "/api/keys/**")
                .hasAuthority("SCOPE_admin");
    }
}
