package cz.digidig.common.client;

import cz.digidig.common.api.problem.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A request that needs a service which does not answer is answered 503. */
@RestControllerAdvice
@Order(-1)
class UnavailableAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(UnavailableAnswers.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(ServiceUnavailable unavailable) {
        LOG.warn("a request needs a service that does not answer: {}", unavailable.getMessage());
        return ResponseEntity.status(ErrorCode.UNAVAILABLE.status())
                .body(ErrorCode.UNAVAILABLE.problem("a part of the suite does not answer at the moment"));
    }
}
