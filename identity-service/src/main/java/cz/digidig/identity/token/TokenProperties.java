package cz.digidig.identity.token;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are issued here.
 *
 * @param issuer the {@code iss} of every token: this service's URL as others reach it
 * @param services the clients that may ask for service tokens
 */
@Validated
@ConfigurationProperties("digidig.identity.tokens")
record TokenProperties(
        @NotBlank String issuer,

        @NotEmpty
        @DefaultValue({
            "identity-service",
            "storage-service",
            "smtp-service",
            "imap-service",
            "client-service",
            "admin-service",
            "apidocs-service"
        })
        Set<String> services) {}
