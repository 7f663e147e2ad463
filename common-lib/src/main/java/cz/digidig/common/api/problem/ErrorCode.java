package cz.digidig.common.api.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Every kind of problem that a REST edge answers with, by a code that scripts can rely on (RFC 9457 {@code type}). */
public enum ErrorCode {
    INVALID("invalid", HttpStatus.UNPROCESSABLE_CONTENT, "A field has a value that is not allowed"),
    MALFORMED("malformed", HttpStatus.BAD_REQUEST, "The request could not be read"),
    UNAUTHENTICATED("unauthenticated", HttpStatus.UNAUTHORIZED, "A valid access token is needed"),
    INVALID_CREDENTIALS("invalid-credentials", HttpStatus.UNAUTHORIZED, "The credentials were not accepted"),
    FORBIDDEN("forbidden", HttpStatus.FORBIDDEN, "The access token does not allow this"),
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is no such thing, or it is not yours to see"),
    EXISTS("exists", HttpStatus.CONFLICT, "It exists already"),
    CONFLICT("conflict", HttpStatus.CONFLICT, "The current state does not allow this"),
    CHANGED_MEANWHILE("changed-meanwhile", HttpStatus.PRECONDITION_FAILED, "It was changed since you read it"),
    TOO_LARGE("too-large", HttpStatus.CONTENT_TOO_LARGE, "The content is larger than the limit"),
    TOO_MANY_ATTEMPTS("too-many-attempts", HttpStatus.TOO_MANY_REQUESTS, "Too many attempts; wait and try again"),
    OVER_QUOTA("over-quota", HttpStatus.INSUFFICIENT_STORAGE, "The account's storage limit is reached"),
    UNAVAILABLE("unavailable", HttpStatus.SERVICE_UNAVAILABLE, "A part of the suite does not answer; try again"),
    INTERNAL("internal", HttpStatus.INTERNAL_SERVER_ERROR, "An unexpected failure; the log has it by its id");

    private final String code;
    private final HttpStatus status;
    private final String title;

    ErrorCode(String code, HttpStatus status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    public String code() {
        return code;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The code of a problem type; empty where it is none of ours. */
    public static Optional<ErrorCode> ofType(String type) {
        return Arrays.stream(values())
                .filter(code -> code.type().toString().equals(type))
                .findFirst();
    }

    /** A problem detail of this kind. The detail is shown to the caller: no internal names in it. */
    public ProblemDetail problem(String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type());
        problem.setTitle(title);
        return problem;
    }

    /** The problem's type: stable, and the same in every service. */
    public URI type() {
        return URI.create("urn:digidig:problem:" + code);
    }
}
