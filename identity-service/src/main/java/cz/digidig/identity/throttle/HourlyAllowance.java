package cz.digidig.identity.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Lets each network do something a number of times an hour, for what is open to everybody. In memory, of bounded number. */
@Component
public class HourlyAllowance {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_COUNTED = 100_000;

    private final Clock clock;
    private final Cache<String, Used> used = Caffeine.newBuilder()
            .expireAfterWrite(HOUR)
            .maximumSize(MOST_COUNTED)
            .build();

    HourlyAllowance(Clock clock) {
        this.clock = clock;
    }

    /** Takes one of {@code most}; false where they are used up. */
    public boolean take(String client, int most) {
        Instant now = clock.instant();
        Used after = used.asMap()
                .merge(
                        ClientNetwork.of(client),
                        new Used(1, now),
                        (before, one) -> before.since().plus(HOUR).isBefore(now)
                                ? one
                                : new Used(before.times() + 1, before.since()));
        return after.times() <= most;
    }

    private record Used(int times, Instant since) {}
}
