package cz.digidig.identity.throttle;

import java.time.Duration;

/** Ends an attempt that came too early after failures. */
public final class TooManyAttempts extends RuntimeException {
    private final Duration wait;

    TooManyAttempts(Duration wait) {
        super("too many attempts");
        this.wait = wait;
    }

    /** How long to wait before the next attempt is looked at. */
    public Duration retryAfter() {
        return wait;
    }

    /** The same in whole seconds, one at least. */
    public long seconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
