package cz.digidig.common.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/** The log-in of a metrics scraper on another machine: HTTP Basic (RFC 7617) as {@code metrics}, for metrics alone. */
@Component
final class ScraperLogin {
    private static final String USER = "metrics";

    private final byte[] expected;

    ScraperLogin(Properties properties) {
        String password = properties.password();
        this.expected = password.isEmpty()
                ? new byte[0]
                : ("Basic "
                                + Base64.getEncoder()
                                        .encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8)))
                        .getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the request has the password; never where none is set. */
    boolean accepts(HttpServletRequest request) {
        String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        return expected.length > 0
                && given != null
                && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Where the password comes from.
     *
     * @param password the clear text ({@code DIGIDIG_METRICS_PASSWORD}), 16 characters or more; empty: nobody logs in
     */
    @Validated
    @ConfigurationProperties("digidig.metrics")
    record Properties(
            @DefaultValue("")
            @Pattern(regexp = "|.{16,}", message = "DIGIDIG_METRICS_PASSWORD needs 16 characters or more")
            String password) {
        @Override
        public String toString() {
            return "Properties[password=hidden]";
        }
    }
}
