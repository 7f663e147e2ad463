package cz.digidig.smtp.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits of so many a minute for any number of names, a full minute's worth of them at once: a leaky bucket for each
 * name, kept as the time when it will be empty (the generic cell rate algorithm). Memory is bounded; what was quiet for a
 * minute is forgotten.
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
     */
    boolean take(String name, int perMinute) {
        if (perMinute <= 0) {
            return true;
        }
        long now = nanoTime.getAsLong();
        long one = MINUTE / perMinute;
        boolean[] taken = new boolean[1];
        emptyAt.asMap().compute(name, (_, before) -> {
            long from = before == null || before - now < 0 ? now : before;
            taken[0] = from + one - now <= MINUTE;
            return taken[0] ? from + one : from;
        });
        return taken[0];
    }
}
