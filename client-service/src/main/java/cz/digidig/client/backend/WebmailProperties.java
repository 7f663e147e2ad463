package cz.digidig.client.backend;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What the webmail must know of the installation.
 *
 * @param smtpUrl where smtp-service answers ({@code DIGIDIG_SMTP_URL})
 * @param hostname how the mail server names itself, in its Authentication-Results too ({@code DIGIDIG_HOSTNAME})
 */
@Validated
@ConfigurationProperties("digidig.webmail")
public record WebmailProperties(
        @NotNull URI smtpUrl, @NotBlank String hostname) {}
