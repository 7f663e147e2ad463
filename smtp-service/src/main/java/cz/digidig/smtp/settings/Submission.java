package cz.digidig.smtp.settings;

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
        @Min(0) @Max(1_073_741_824L) long maxMessageSize,
        @Min(0) @Max(10_000) int maxRecipients,
        @Min(0) @Max(10_000_000) int dailyMessages,
        @Min(0) @Max(10_000_000) int dailyRecipients) {
    /** Against an account that somebody else has got hold of; far above what people send. */
    public static final Submission USUAL = new Submission(0, 0, 200_000, 200_000);
}
