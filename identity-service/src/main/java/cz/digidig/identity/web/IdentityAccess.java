package cz.digidig.identity.web;

import cz.digidig.common.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what here, beside the rules that every service has: everything else is administration. */
@Configuration(proxyBeanMethods = false)
class IdentityAccess {
    @Bean
    AccessRules rules() {
        return rules -> rules.requestMatchers("/api/accounts/me", "/api/accounts/me/**")
                .hasAuthority("SCOPE_account")
                .requestMatchers(
                        "/api/accounts/**",
                        "/api/aliases/**",
                        "/api/domains/**",
                        "/api/keys/**",
                        "/api/audit",
                        "/api/audit/**")
                .hasAuthority("SCOPE_admin");
    }
}
