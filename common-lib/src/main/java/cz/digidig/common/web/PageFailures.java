package cz.digidig.common.web;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.client.ServiceUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/** What fails in a page's controller becomes a page that says what happened and what helps. */
@ControllerAdvice(annotations = PageController.class)
@Order(-10)
@ConditionalOnPages
class PageFailures {
    private static final Logger LOG = LoggerFactory.getLogger(PageFailures.class);

    @ExceptionHandler
    ModelAndView refused(ProblemException refused, HttpServletRequest request) {
        return page(refused.code().status().value(), request, String.valueOf(refused.getMessage()));
    }

    @ExceptionHandler
    ModelAndView unavailable(ServiceUnavailable unavailable, HttpServletRequest request) {
        LOG.warn("a page could not be made: {}", unavailable.getMessage());
        return page(ErrorCode.UNAVAILABLE.status().value(), request, "");
    }

    /** What another service refused: its words are for the person, a token that it does not take any more is not. */
    @ExceptionHandler
    ModelAndView problem(ServiceProblem problem, HttpServletRequest request) {
        if (problem.code() == ErrorCode.UNAUTHENTICATED) {
            throw new InsufficientAuthenticationException("the session ended", problem);
        }
        return page(problem.code().status().value(), request, String.valueOf(problem.getMessage()));
    }

    /** For the security filters, which know what to answer. */
    @ExceptionHandler
    ModelAndView denied(AccessDeniedException denied) {
        throw denied;
    }

    @ExceptionHandler
    ModelAndView unauthenticated(AuthenticationException failure) {
        throw failure;
    }

    @ExceptionHandler
    void gone(AsyncRequestNotUsableException gone) {
        LOG.debug("the browser went away: {}", gone.getMessage());
    }

    @ExceptionHandler
    ModelAndView other(Exception failure, HttpServletRequest request) {
        if (failure instanceof ErrorResponse known && !known.getStatusCode().is5xxServerError()) {
            return page(known.getStatusCode().value(), request, "");
        }
        String id = UUID.randomUUID().toString();
        LOG.atError().setCause(failure).addKeyValue("failure", id).log("unexpected failure of a page, id {}", id);
        return page(HttpStatus.INTERNAL_SERVER_ERROR.value(), request, id);
    }

    /** The page of a failure; a detail of 500 is the id of its log line. */
    static ModelAndView page(int status, HttpServletRequest request, String detail) {
        ModelAndView page = new ModelAndView("layout/failure");
        page.setStatus(HttpStatusCode.valueOf(status));
        page.addObject("status", status);
        page.addObject("kind", kind(status));
        page.addObject("detail", detail);
        page.addObject("theme", PageModel.themeOf(request));
        return page;
    }

    private static String kind(int status) {
        return switch (status) {
            case 401, 403 -> "forbidden";
            case 404 -> "missing";
            case 503 -> "unavailable";
            default -> status < 500 ? "refused" : "unexpected";
        };
    }
}
