package cz.digidig.smtp.settings;

import cz.digidig.common.config.Setting;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What one account may send. 0 everywhere: no limit of its own.
 *
 * @param maxMessageSize the largest message of a user in octets, where that is less than everybody's
 * @param maxRecipients the most recipients of a user's message, where that is less than everybody's
 * @param dailyMessages messages of one account in 24 hours
 * @param dailyRecipients recipients of them, each message's counted
 */
public record Submission(
        @Min(0)
        @Max(1_073_741_824L)
        @Setting(unit = "octets")
        @Schema(
                title = "Largest message",
                description = "Of a user, where that is less than everybody's. 0: everybody's")
        long maxMessageSize,

        @Min(0)
        @Max(10_000)
        @Schema(
                title = "Most recipients of one message",
                description = "Of a user, where that is less than everybody's. 0: everybody's")
        int maxRecipients,

        @Min(0)
        @Max(10_000_000)
        @Setting(unit = "per day")
        @Schema(title = "Messages of one account", description = "In 24 hours. 0: any number")
        int dailyMessages,

        @Min(0)
        @Max(10_000_000)
        @Setting(unit = "per day")
        @Schema(title = "Recipients of one account", description = "In 24 hours, each message's counted. 0: any number")
        int dailyRecipients) {
    /** Against an account that somebody else has got hold of; far above what people send. */
    public static final Submission USUAL = new Submission(0, 0, 200_000, 200_000);
}
