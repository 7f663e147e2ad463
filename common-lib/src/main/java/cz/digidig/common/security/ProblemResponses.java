package cz.digidig.common.security;

import cz.digidig.common.api.problem.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the security filters as problem details, where no controller is reached. */
@Component
class ProblemResponses implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final JsonMapper json;

    ProblemResponses(JsonMapper json) {
        this.json = json;
    }

    /** RFC 6750 §3: says by WWW-Authenticate that a token is asked for, and whether one was there and refused. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof AuthenticationServiceException) {
            write(response, ErrorCode.UNAVAILABLE, "access tokens can't be verified at the moment");
            return;
        }
        @Nullable String sent = request.getHeader(HttpHeaders.AUTHORIZATION);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, sent == null ? "Bearer" : "Bearer error=\"invalid_token\"");
        write(
                response,
                ErrorCode.UNAUTHENTICATED,
                sent == null ? "there is no access token in the request" : "the access token is not valid");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
        write(response, ErrorCode.FORBIDDEN, "the access token does not have the scope for this");
    }

    private void write(HttpServletResponse response, ErrorCode code, String detail) throws IOException {
        response.setStatus(code.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(json.writeValueAsBytes(code.problem(detail)));
    }
}
