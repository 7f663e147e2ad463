package cz.digidig.imap.admin;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.AccessRules;
import cz.digidig.imap.server.ImapServer;
import cz.digidig.imap.server.OpenSessions;
import cz.digidig.imap.server.SessionRecord;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The open sessions by REST. */
@RestController
@RequestMapping("/api/imap/sessions")
@Tag(name = "IMAP", description = "Sessions")
class SessionsController {
    private static final Logger LOG = LoggerFactory.getLogger(SessionsController.class);
    private static final String WORDS = "An administrator ended this session";

    private final OpenSessions sessions;

    SessionsController(ImapServer server) {
        this.sessions = server.sessions();
    }

    /**
     * Which sessions are meant. What is not given excludes nothing.
     *
     * @param account a part of the address of who logged in
     * @param client a part of the client's address
     * @param idle whether it waits by IDLE
     */
    record SessionFilter(
            @Size(max = 320) @Nullable String account,
            @Size(max = 50) @Nullable String client,
            @Nullable Boolean idle) {
        boolean matches(SessionRecord session) {
            return (account == null
                            || session.account().toLowerCase(Locale.ROOT).contains(account.toLowerCase(Locale.ROOT)))
                    && (client == null || session.client().contains(client))
                    && (idle == null || idle == session.idle());
        }
    }

    /**
     * One page of the open sessions.
     *
     * @param items the newest first
     * @param next what to give as {@code after} for the next page; absent on the last one
     * @param total how many are open in all, whatever was searched for
     */
    record SessionPage(List<SessionRecord> items, @Nullable String next, int total) {}

    @GetMapping
    @Operation(
            operationId = "listImapSessions",
            summary = "The open sessions, the newest first: all, or those that were searched for")
    SessionPage list(
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(defaultValue = "") String after,
            @ParameterObject @Valid SessionFilter filter) {
        OpenSessions.Page page = sessions.find(filter::matches, cursor(after), limit);
        return new SessionPage(page.items(), page.next() == null ? null : Long.toString(page.next()), sessions.count());
    }

    private static long cursor(String after) {
        if (after.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException _) {
            throw new ProblemException(ErrorCode.MALFORMED, "after is no cursor of this list");
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "endImapSession", summary = "End a session: its client is told BYE")
    void end(@PathVariable String id, Authentication caller) {
        if (!sessions.end(id, WORDS)) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "no such session is open");
        }
        LOG.atInfo()
                .addKeyValue("connection", id)
                .addKeyValue("caller", caller.getName())
                .log("an administrator ended a session");
    }

    @Configuration(proxyBeanMethods = false)
    static class Access {
        @Bean
        AccessRules sessionAccess() {
            return rules -> rules.requestMatchers("/api/imap/**").hasAuthority("SCOPE_admin");
        }
    }
}
