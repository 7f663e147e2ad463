package cz.digidig.smtp.settings;

import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long mail is tried, here and elsewhere. What operators set at the start is the default of {@link RetrySettings}.
 *
 * @param pauses between attempts; the last one repeats
 * @param expiry how long a message is tried (RFC 5321 §4.5.4.1)
 * @param mailboxFull how long a message is tried whose account is full
 * @param delayWarning how long until the sender hears of a delay
 */
@Validated
@ConfigurationProperties("digidig.smtp.retry")
public record RetryLimits(
        @DefaultValue({"1m", "5m", "15m", "30m", "1h", "2h", "4h"}) @NotEmpty
        List<Duration> pauses,

        @DefaultValue("5d") Duration expiry,
        @DefaultValue("1d") Duration mailboxFull,
        @DefaultValue("4h") Duration delayWarning) {
    public RetryLimits {
        pauses = List.copyOf(pauses);
    }

    /** The pause after so many earlier attempts, ±20%, in milliseconds. */
    public long pauseAfter(int attempts) {
        long pause = pauses.get(Math.min(attempts, pauses.size() - 1)).toMillis();
        return pause * 4 / 5 + ThreadLocalRandom.current().nextLong(pause * 2 / 5 + 1);
    }

    /** The same where nobody counts: as if a message of an age in milliseconds had been tried all the time. */
    public long pauseAt(long age) {
        int attempts = 0;
        for (long sum = pauses.getFirst().toMillis(); sum <= age && attempts < pauses.size() - 1; attempts++) {
            sum += pauses.get(attempts + 1).toMillis();
        }
        return pauseAfter(attempts);
    }
}
