package cz.digidig.storage.mailbox;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.observability.Traces;
import cz.digidig.common.security.TokenVerifier;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the changes of flags that other services of the suite ask for as {@link MailboxController#flags} would, before
 * the filters and the dispatcher of all requests, which cost more than the change: every STORE waits for one such call.
 * Others' calls, and those whose trace is recorded, go the usual way.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DirectFlags extends HttpFilter {
    /** Ids of accounts and mailboxes need no escapes. */
    private static final Pattern PATH = Pattern.compile("/api/accounts/([\\w-]+)/mailboxes/([\\w-]+)/flags");

    private static final String BEARER = "Bearer ";
    private static final int LONGEST = 64 * 1024;

    private final Mailboxes mailboxes;
    private final TokenVerifier tokens;
    private final ObjectReader changes;
    private final ObjectWriter answers;

    DirectFlags(Mailboxes mailboxes, TokenVerifier tokens, JsonMapper json) {
        this.mailboxes = mailboxes;
        this.tokens = tokens;
        this.changes = json.readerFor(FlagChange.class);
        this.answers = json.writer();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        if (path.endsWith("/flags") && request.getMethod().equals("POST")) {
            Matcher named = PATH.matcher(path);
            if (named.matches()
                    && isShort(request)
                    && !Traces.isRecorded(request.getHeader(Traces.FIELD))
                    && internal(request)) {
                answer(request, named.group(1), named.group(2), response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isShort(HttpServletRequest request) {
        int length = request.getContentLength();
        return length > 0 && length <= LONGEST && MediaType.APPLICATION_JSON_VALUE.equals(request.getContentType());
    }

    private boolean internal(HttpServletRequest request) {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null
                && header.startsWith(BEARER)
                && tokens.verify(header.substring(BEARER.length()))
                        .filter(token -> token.caller().hasScope("internal"))
                        .isPresent();
    }

    private void answer(HttpServletRequest request, String account, String mailbox, HttpServletResponse response)
            throws IOException {
        try {
            FlagChange change = changes.readValue(request.getInputStream().readNBytes(request.getContentLength()));
            write(response, MediaType.APPLICATION_JSON_VALUE, mailboxes.flags(account, mailbox, change));
        } catch (ProblemException refused) {
            refuse(response, refused.code().problem(String.valueOf(refused.getMessage())));
        } catch (JacksonException _) {
            refuse(response, ErrorCode.MALFORMED.problem("the request's body can't be read as a change of flags"));
        }
    }

    private void refuse(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        write(response, MediaType.APPLICATION_PROBLEM_JSON_VALUE, problem);
    }

    private void write(HttpServletResponse response, String type, Object value) throws IOException {
        byte[] body = answers.writeValueAsBytes(value);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
