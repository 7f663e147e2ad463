package cz.digidig.smtp.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits of so many a minute for any number of names, a full minute's worth of them at once: a leaky bucket for each
 * name, kept as the time when it will be empty (the generic cell rate algorithm). Memory is bounded; what was quiet for a
 * minute is forgotten. (A bucket of bucket4j for each name would be an object in place of a number, and would have to be
 * exchanged whenever an administrator changes a limit.)
 */
final class RateMeter {
    private static final int MOST_NAMES = 100_000;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Cache<String, Long> emptyAt = Caffeine.newBuilder()
            .maximumSize(MOST_NAMES)
            .expireAfterWrite(Duration.ofMinutes(2))
            .build();
    private final LongSupplier nanoTime;

    RateMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Takes one, if there is one left.
     *
     * @param perMinute 0: no limit
     * @return how long until there is one; zero: it was taken
     */
    Duration take(String name, int perMinute) {
        if (perMinute <= 0) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        long one = MINUTE / perMinute;
        long[] wait = new long[1];
        emptyAt.asMap().compute(name, (_, before) -> {
            long from = before == null || before - now < 0 ? now : before;
            wait[0] = Math.max(0, from + one - now - MINUTE);
            return wait[0] == 0 ? from + one : from;
        });
        return Duration.ofNanos(wait[0]);
    }
}
