package cz.digidig.common.web;

import java.util.List;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/** What a browser may do with a page: nothing from elsewhere, no script or style within the markup, no frame around it. */
public final class PagePolicy {
    private PagePolicy() {}

    /**
     * The policies as headers.
     *
     * @param http the security of a service's pages
     * @param formTargets origins that a form, or the redirect that answers it, may lead to beside this one
     * @param reports where browsers report what they stopped; empty: nowhere
     */
    public static void apply(HttpSecurity http, List<String> formTargets, String reports) {
        String forms = String.join(" ", formTargets);
        String policy =
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                        + " connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors"
                        + " 'none'; form-action 'self'"
                        + (forms.isEmpty() ? "" : " " + forms)
                        + (reports.isEmpty() ? "" : "; report-uri " + reports);
        http.headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                // Both of these yield to a page that has a policy of its own.
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                .addHeaderWriter(new StaticHeadersWriter("X-Frame-Options", "DENY"))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions ->
                        permissions.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()")));
    }
}
