package cz.digidig.common.signin;

import cz.digidig.common.api.identity.IdentityChange;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The sessions of this service by the sign-in at identity that each came from. Identity tells when a sign-in ends, wherever
 * that was asked for, and its sessions end with it. What is missed while identity is out of reach ends when the session's
 * access token does: it can't be renewed any more.
 */
@Component
@ConditionalOnSignIn
class SignIns {
    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

    private final Map<String, Set<HttpSession>> sessions = new ConcurrentHashMap<>();

    /** Remembers what a session came from, until it ends. */
    void hold(HttpSession session, Person person) {
        String signIn = person.getIdToken().getClaimAsString("sid");
        if (signIn != null) {
            session.setAttribute(SignIns.class.getName(), new Held(signIn));
        }
    }

    /** Ends the sessions of a sign-in that ended. */
    void changed(IdentityChange change) {
        if (change.kind() == IdentityChange.Kind.SIGN_IN) {
            Set.copyOf(sessions.getOrDefault(change.id(), Set.of())).forEach(SignIns::end);
        }
    }

    private static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException alreadyEnded) {
            LOG.trace("a session had ended by itself", alreadyEnded);
        }
    }

    /** An attribute of a session, by which it says when it ends. */
    private final class Held implements HttpSessionBindingListener {
        private final String signIn;

        Held(String signIn) {
            this.signIn = signIn;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            sessions.computeIfAbsent(signIn, _ -> ConcurrentHashMap.newKeySet()).add(event.getSession());
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            sessions.computeIfPresent(signIn, (_, held) -> {
                held.remove(event.getSession());
                return held.isEmpty() ? null : held;
            });
        }
    }
}
