package cz.digidig.common.api.problem;

/** Ends a REST request with a problem detail. The message is shown to the caller: no internal names in it. */
public final class ProblemException extends RuntimeException {
    private final ErrorCode code;

    public ProblemException(ErrorCode code, String detail) {
        super(detail);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
