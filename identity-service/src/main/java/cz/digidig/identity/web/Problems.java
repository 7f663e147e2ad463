package cz.digidig.identity.web;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.identity.throttle.TooManyAttempts;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says when to try again. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {
    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooMany(TooManyAttempts problem) {
        long seconds = Math.max(1, problem.retryAfter().plusMillis(999).toSeconds());
        return ResponseEntity.status(ErrorCode.TOO_MANY_ATTEMPTS.status())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
                .body(ErrorCode.TOO_MANY_ATTEMPTS.problem("too many failures; try again in " + seconds + " s"));
    }
}
