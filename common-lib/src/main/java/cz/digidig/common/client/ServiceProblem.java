package cz.digidig.common.client;

import cz.digidig.common.api.problem.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service answered with a problem. */
public final class ServiceProblem extends ServiceFailure {
    private final int status;
    private final @Nullable ErrorCode code;
    private final @Nullable Duration retryAfter;

    public ServiceProblem(int status, @Nullable ErrorCode code, String detail, @Nullable Duration retryAfter) {
        super(detail, null);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What kind of problem; a status alone is given the code that fits it best. */
    public ErrorCode code() {
        if (code != null) {
            return code;
        }
        return switch (status) {
            case 400 -> ErrorCode.MALFORMED;
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404, 410 -> ErrorCode.NOT_FOUND;
            case 409 -> ErrorCode.CONFLICT;
            case 412 -> ErrorCode.CHANGED_MEANWHILE;
            case 413 -> ErrorCode.TOO_LARGE;
            case 422 -> ErrorCode.INVALID;
            case 429 -> ErrorCode.TOO_MANY_ATTEMPTS;
            case 507 -> ErrorCode.OVER_QUOTA;
            default -> ErrorCode.INTERNAL;
        };
    }

    /** How long to wait before another attempt, where the service said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
