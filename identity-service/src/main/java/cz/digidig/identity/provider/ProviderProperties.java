package cz.digidig.identity.provider;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where browsers reach this service and the suite's web applications.
 *
 * @param publicUrl the issuer: this service's URL as browsers reach it
 * @param clients the applications' URLs
 */
@Validated
@ConfigurationProperties("digidig.identity")
record ProviderProperties(
        @NotNull URI publicUrl, @NotNull @Valid Clients clients) {
    ProviderProperties {
        requireHttp(publicUrl);
    }

    /** The issuer, without a slash at its end. */
    String issuer() {
        return bare(publicUrl);
    }

    private static void requireHttp(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException("must be an http or https URL: " + url);
        }
    }

    private static String bare(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * The URLs of the web applications.
     *
     * @param adminUrl the administration
     * @param clientUrl the webmail
     * @param apidocsUrl the API documentation
     */
    record Clients(
            @NotNull URI adminUrl,
            @NotNull URI clientUrl,
            @NotNull URI apidocsUrl) {
        Clients {
            requireHttp(adminUrl);
            requireHttp(clientUrl);
            requireHttp(apidocsUrl);
        }

        String admin() {
            return bare(adminUrl);
        }

        String client() {
            return bare(clientUrl);
        }

        String apidocs() {
            return bare(apidocsUrl);
        }
    }
}
