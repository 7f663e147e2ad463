package cz.digidig.common.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The access token of a session, renewed before it ends. One request of a session renews while the others wait: a refresh
 * token is good for one use, and a second one would end the session.
 */
@Component
@ConditionalOnSignIn
class PersonTokens implements AccessToken {
    private static final String LOCK = PersonTokens.class.getName();

    private final OAuth2AuthorizedClientManager clients;

    PersonTokens(OAuth2AuthorizedClientManager clients) {
        this.clients = clients;
    }

    @Override
    public String current() {
        Authentication person = SecurityContextHolder.getContext().getAuthentication();
        if (!(RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes web)
                || person == null) {
            throw new InsufficientAuthenticationException("nobody is signed in");
        }
        HttpServletRequest request = web.getRequest();
        HttpServletResponse response = web.getResponse();
        ReentrantLock lock = lockOf(request.getSession());
        lock.lock();
        try {
            OAuth2AuthorizedClient client =
                    clients.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(Provider.DIGIDIG)
                            .principal(person)
                            .attribute(HttpServletRequest.class.getName(), request)
                            .attribute(HttpServletResponse.class.getName(), response == null ? request : response)
                            .build());
            if (client == null) {
                throw new InsufficientAuthenticationException("the session has no token");
            }
            return client.getAccessToken().getTokenValue();
        } catch (OAuth2AuthorizationException ended) {
            // Signed out elsewhere, or identity does not know the session any more.
            SecurityContextHolder.clearContext();
            request.getSession().invalidate();
            throw new InsufficientAuthenticationException("the session ended", ended);
        } finally {
            lock.unlock();
        }
    }

    /** Made when the session begins ({@link Doors}), so that there is one. */
    private static ReentrantLock lockOf(HttpSession session) {
        Object lock = session.getAttribute(LOCK);
        if (lock instanceof ReentrantLock known) {
            return known;
        }
        ReentrantLock fresh = new ReentrantLock();
        session.setAttribute(LOCK, fresh);
        return fresh;
    }

    static void prepare(HttpSession session) {
        session.setAttribute(LOCK, new ReentrantLock());
    }
}
