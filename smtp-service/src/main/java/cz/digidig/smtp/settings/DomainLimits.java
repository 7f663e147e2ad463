package cz.digidig.smtp.settings;

import cz.digidig.common.config.Setting;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * How fast mail goes to one domain.
 *
 * @param domain the recipients' domain
 * @param connections deliveries at once
 * @param messagesPerMinute the most transactions that begin within a minute; 0: any number
 */
public record DomainLimits(
        @NotNull
        @Pattern(regexp = SmtpSettings.HOST, message = "not a domain")
        @Schema(title = "Domain", example = "example.net")
        String domain,

        @Min(1) @Max(1000) @Schema(title = "Deliveries at once")
        int connections,

        @Min(0)
        @Max(1_000_000)
        @Setting(unit = "per minute")
        @Schema(title = "Messages", description = "That begin within a minute. 0: any number")
        int messagesPerMinute) {}
