package cz.digidig.client.configuration;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * What administrators choose of the webmail, {@code client_config.json}.
 *
 * @param pageSize how many messages a list loads at a time
 * @param maxAttachments the most octets of all files of a message together
 * @param mostRecipients the most recipients of a message
 * @param mtaSts the mode of the MTA-STS policies of all domains
 */
public record ClientSettings(
        @Min(20)
        @Max(200)
        @Schema(title = "Messages at a time", description = "How many messages a list loads at a time")
        int pageSize,

        @Min(1 << 20)
        @Max(40 << 20)
        @Schema(
                title = "Largest attachments",
                description = "The most octets of all files of a message together, before they are encoded")
        int maxAttachments,

        @Min(1) @Max(1000) @Schema(title = "Most recipients", description = "The most recipients of one message")
        int mostRecipients,

        @NotNull
        @Schema(
                title = "Mail without verified TLS (MTA-STS)",
                description =
                        "What other servers do with mail to the domains here that they can't send by verified TLS")
        MtaStsMode mtaSts) {
    /** What holds where nothing was chosen. */
    public static final ClientSettings DEFAULTS = new ClientSettings(50, 25 << 20, 200, MtaStsMode.TESTING);
}
