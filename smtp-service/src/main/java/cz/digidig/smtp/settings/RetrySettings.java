package cz.digidig.smtp.settings;

import cz.digidig.common.config.Setting;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;

/**
 * How long mail is tried, here and elsewhere. All times are seconds. A change counts from each message's next attempt on.
 *
 * @param pauses between attempts, each ±20%; the last one repeats
 * @param expiry how long a message is tried (RFC 5321 §4.5.4.1)
 * @param mailboxFull how long a message is tried whose account is full
 * @param delayWarning how long until the sender hears of a delay
 */
public record RetrySettings(
        @NotNull
        @Size(min = 1, max = 50)
        @Setting(unit = "s")
        @Schema(title = "Pauses between attempts", description = "Each ±20%; the last one repeats")
        List<@NotNull @Min(1) @Max(604_800) Integer> pauses,

        @Min(60)
        @Max(2_592_000)
        @Setting(unit = "s")
        @Schema(
                title = "Give up after",
                description = "Then the sender gets a report. RFC 5321 asks for 4 to 5 days at least")
        int expiry,

        @Min(60)
        @Max(2_592_000)
        @Setting(unit = "s")
        @Schema(
                title = "Give up on a full mailbox after",
                description = "Of an account here. Then the sender gets a report")
        int mailboxFull,

        @Min(60)
        @Max(2_592_000)
        @Setting(unit = "s")
        @Schema(title = "Warn of a delay after", description = "The sender is told once that a message still waits")
        int delayWarning) {
    static final RetrySettings DEFAULTS =
            new RetrySettings(List.of(60, 300, 900, 1800, 3600, 7200, 14_400), 432_000, 86_400, 14_400);

    public RetrySettings {
        pauses = List.copyOf(pauses);
    }

    /** Those that the operator set at the start; what is finer than seconds is rounded up. */
    public static RetrySettings of(RetryLimits limits) {
        return new RetrySettings(
                limits.pauses().stream().map(RetrySettings::seconds).toList(),
                seconds(limits.expiry()),
                seconds(limits.mailboxFull()),
                seconds(limits.delayWarning()));
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.plusMillis(999).toSeconds());
    }

    /** The same as durations. */
    public RetryLimits limits() {
        return new RetryLimits(
                pauses.stream().map(pause -> Duration.ofSeconds(pause)).toList(),
                Duration.ofSeconds(expiry),
                Duration.ofSeconds(mailboxFull),
                Duration.ofSeconds(delayWarning));
    }
}
