package cz.digidig.common.signin;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people sign in to a service's pages.
 *
 * @param clientId the name under which identity knows the service
 * @param url the service as browsers reach it ({@code DIGIDIG_ADMIN_URL}, ...)
 * @param identityPublicUrl identity as browsers reach it, which is the issuer of tokens
 * @param scopes what the person's token is to be good for
 * @param roles who may enter, by authority ({@code ADMIN}); empty: whoever has an account
 * @param open patterns of pages that nobody has to sign in for ({@code /guides/**})
 * @param connectTimeout how long a connection to identity may take
 * @param responseTimeout how long identity may be silent
 */
@Validated
@ConfigurationProperties("digidig.sign-in")
@ConditionalOnSignIn
public record SignInProperties(
        @NotBlank String clientId,
        @NotNull URI url,
        @NotNull URI identityPublicUrl,
        @NotEmpty List<String> scopes,
        @DefaultValue List<String> roles,
        @DefaultValue List<String> open,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("20s") Duration responseTimeout) {
    public SignInProperties {
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        open = List.copyOf(open);
    }

    /** The session's cookie: cookies are shared by all ports of a host. */
    String cookie() {
        return "digidig-" + clientId;
    }
}
