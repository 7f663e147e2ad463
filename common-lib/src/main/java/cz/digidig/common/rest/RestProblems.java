package cz.digidig.common.rest;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** Failures of controllers as problem details (RFC 9457). A service may add an advice of its own before it. */
@RestControllerAdvice
@Order(0)
class RestProblems {
    private static final Logger LOG = LoggerFactory.getLogger(RestProblems.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ProblemException refused) {
        ProblemDetail problem = refused.code().problem(String.valueOf(refused.getMessage()));
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        refused.retrySeconds().ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
        return answer.body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidFields invalid) {
        return fields(invalid.problems());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(MethodArgumentNotValidException invalid) {
        return fields(invalid.getBindingResult().getAllErrors().stream()
                .map(RestProblems::fieldProblem)
                .toList());
    }

    private static FieldProblem fieldProblem(ObjectError error) {
        String field = error instanceof FieldError inField ? inField.getField() : "";
        String message = error.getDefaultMessage();
        return new FieldProblem(field, message == null ? "not allowed" : message);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(HandlerMethodValidationException invalid) {
        return fields(invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream().map(error -> {
                    String name = result.getMethodParameter().getParameterName();
                    String field = error instanceof FieldError inField ? inField.getField() : String.valueOf(name);
                    return new FieldProblem(field, String.valueOf(error.getDefaultMessage()));
                }))
                .toList());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(ConstraintViolationException invalid) {
        return fields(invalid.getConstraintViolations().stream()
                .map(violation -> new FieldProblem(violation.getPropertyPath().toString(), violation.getMessage()))
                .toList());
    }

    private static ResponseEntity<ProblemDetail> fields(List<FieldProblem> problems) {
        ProblemDetail problem = ErrorCode.INVALID.problem("some fields have values that are not allowed");
        problem.setProperty("errors", problems);
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException unreadable) {
        Throwable cause = unreadable.getCause();
        while (cause != null) {
            if (cause instanceof BodyTooLarge tooLarge) {
                return answer(ErrorCode.TOO_LARGE.problem(String.valueOf(tooLarge.getMessage())));
            }
            if (cause instanceof JacksonException json && !(json.getCause() instanceof BodyTooLarge)) {
                return switch (JsonProblems.of(json)) {
                    case InvalidFields invalid -> invalid(invalid);
                    case ProblemException refused -> refused(refused);
                    case RuntimeException other -> unexpected(other);
                };
            }
            cause = cause.getCause();
        }
        return answer(ErrorCode.MALFORMED.problem("the request's body is missing or can't be read"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> mistyped(MethodArgumentTypeMismatchException mistyped) {
        return answer(
                ErrorCode.MALFORMED.problem("the parameter " + mistyped.getName() + " has a value that can't be read"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> incomplete(ServletRequestBindingException incomplete) {
        ProblemDetail theirs = incomplete.getBody();
        return answer(ErrorCode.MALFORMED.problem(
                theirs.getDetail() == null ? "a parameter is missing" : theirs.getDetail()));
    }

    /** For the security filters, which know what to answer. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> denied(AccessDeniedException denied) {
        throw denied;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unauthenticated(AuthenticationException failure) {
        throw failure;
    }

    @ExceptionHandler
    void gone(AsyncRequestNotUsableException gone) {
        LOG.debug("the client went away: {}", gone.getMessage());
    }

    /** What Spring has a status for: 404, 405, 406, 413, 415. Anything else is our fault. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> other(Exception failure) {
        if (failure instanceof ErrorResponse known && !known.getStatusCode().is5xxServerError()) {
            return answer(plain(known.getStatusCode()), known.getHeaders());
        }
        return unexpected(failure);
    }

    private static ResponseEntity<ProblemDetail> unexpected(Exception failure) {
        String id = UUID.randomUUID().toString();
        LOG.atError().setCause(failure).addKeyValue("failure", id).log("unexpected failure of a request, id {}", id);
        ProblemDetail problem = ErrorCode.INTERNAL.problem("an unexpected failure; the log has it by its id");
        problem.setProperty("id", id);
        return answer(problem);
    }

    /** The code that stands for a status, or the bare status. */
    static ProblemDetail plain(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> ErrorCode.MALFORMED.problem("the request could not be read");
            case 404 -> ErrorCode.NOT_FOUND.problem("there is nothing at this path");
            case 413 -> ErrorCode.TOO_LARGE.problem("the request's body is larger than the limit");
            case 503 -> ErrorCode.UNAVAILABLE.problem("the service can't answer at the moment");
            default -> {
                ProblemDetail problem = ProblemDetail.forStatus(status);
                HttpStatus known = HttpStatus.resolve(status.value());
                problem.setTitle(known == null ? "Error " + status.value() : known.getReasonPhrase());
                yield problem;
            }
        };
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus()).headers(headers).body(problem);
    }
}
