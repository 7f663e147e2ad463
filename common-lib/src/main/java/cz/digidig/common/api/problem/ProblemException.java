package cz.digidig.common.api.problem;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Ends a REST request with a problem detail. The message is shown to the caller: no internal names in it. */
public final class ProblemException extends RuntimeException {
    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    public ProblemException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    /**
     * One that says when to try again.
     *
     * @param retryAfter how long to wait, for {@code Retry-After}; null: not said
     */
    public ProblemException(ErrorCode code, String detail, @Nullable Duration retryAfter) {
        super(detail);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    /** Whole seconds to wait, one at least; empty: not said. */
    public OptionalLong retrySeconds() {
        return retryAfter == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    }
}
