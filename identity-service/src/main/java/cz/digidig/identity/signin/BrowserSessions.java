package cz.digidig.identity.signin;

import cz.digidig.identity.account.SessionsEnd;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.web.OpaqueId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * Begins and ends what a browser's cookie stands for. A sign-in always gets a new session with a new id, so one that was
 * planted in the browser before is worth nothing.
 */
@Component
public class BrowserSessions {
    private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

    private static final String ADDRESS = "digidig.address";
    private static final String AGENT = "digidig.agent";
    private static final int LONGEST_AGENT = 300;

    private final FindByIndexNameSessionRepository<? extends Session> sessions;
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final ApplicationEventPublisher publisher;
    private final Changes changes;
    private final Clock clock;

    BrowserSessions(
            FindByIndexNameSessionRepository<? extends Session> sessions,
            ApplicationEventPublisher publisher,
            Changes changes,
            Clock clock) {
        this.sessions = sessions;
        this.publisher = publisher;
        this.changes = changes;
        this.clock = clock;
    }

    /** Signs the browser in; whoever was signed in there before is not any more. */
    SignedIn begin(String account, List<String> methods, HttpServletRequest request, HttpServletResponse response) {
        end(request);
        Instant now = clock.instant();
        SignedIn signedIn = new SignedIn(account, OpaqueId.at(now.toEpochMilli()), now, methods);
        SecurityContext context = new SecurityContextImpl(signedIn.authentication());
        HttpSession session = request.getSession(true);
        session.setAttribute(ADDRESS, request.getRemoteAddr());
        session.setAttribute(AGENT, agent(request));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        return signedIn;
    }

    /** What the browser calls itself, at a length that can be kept. */
    static String agent(HttpServletRequest request) {
        String agent = request.getHeader(HttpHeaders.USER_AGENT);
        return agent == null ? "" : agent.substring(0, Math.min(agent.length(), LONGEST_AGENT));
    }

    /** The browsers that an account is signed in with, the latest first. */
    public List<BrowserSession> list(String account) {
        return sessions.findByPrincipalName(account).values().stream()
                .flatMap(session -> signedIn(session.getAttribute(CONTEXT))
                        .map(signedIn -> new BrowserSession(
                                signedIn.id(),
                                signedIn.at(),
                                session.getLastAccessedTime(),
                                session.getAttributeOrDefault(ADDRESS, ""),
                                session.getAttributeOrDefault(AGENT, "")))
                        .stream())
                .sorted(Comparator.comparing(BrowserSession::lastUsedAt).reversed())
                .toList();
    }

    /** Who is signed in with this browser. */
    public Optional<SignedIn> current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null
                        || authentication instanceof AnonymousAuthenticationToken
                        || !authentication.isAuthenticated()
                ? Optional.empty()
                : Optional.of(SignedIn.of(authentication));
    }

    /** Ends the browser's session, and the sign-in that it holds. */
    public void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return;
        }
        Object context = session.getAttribute(CONTEXT);
        session.invalidate();
        SecurityContextHolder.clearContext();
        signedIn(context).ifPresent(this::ended);
    }

    /** Ends a sign-in by its id, in whichever browser it is. */
    public void end(String account, String signIn) {
        for (Map.Entry<String, ? extends Session> entry :
                sessions.findByPrincipalName(account).entrySet()) {
            boolean meant = signedIn(entry.getValue().getAttribute(CONTEXT))
                    .filter(found -> found.id().equals(signIn))
                    .isPresent();
            if (meant) {
                sessions.deleteById(entry.getKey());
            }
        }
        ended(signIn, account);
    }

    @EventListener
    void endAll(SessionsEnd event) {
        sessions.findByPrincipalName(event.account()).forEach((id, session) -> {
            sessions.deleteById(id);
            signedIn(session.getAttribute(CONTEXT)).ifPresent(this::ended);
        });
    }

    private void ended(SignedIn signedIn) {
        ended(signedIn.id(), signedIn.account());
    }

    private void ended(String signIn, String account) {
        publisher.publishEvent(new SignInEnded(signIn, account));
        changes.signIn(signIn);
    }

    private static Optional<SignedIn> signedIn(@Nullable Object context) {
        return context instanceof SecurityContext found && found.getAuthentication() != null
                ? Optional.of(SignedIn.of(found.getAuthentication()))
                : Optional.empty();
    }
}
