package cz.digidig.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sign-in that lacks a step: who has proved what so far. It is in the browser's session, and worth nothing but the next
 * step, for {@value #MINUTES} minutes.
 *
 * @param account the account's id
 * @param methods what was proved, as {@code amr} values
 * @param at when it began
 */
record Pending(String account, ArrayList<String> methods, Instant at) implements Serializable {
    static final int MINUTES = 10;

    @Serial
    private static final long serialVersionUID = 1;

    private static final String ATTRIBUTE = "digidig.pending";

    static Pending of(String account, List<String> methods, Instant at) {
        return new Pending(account, new ArrayList<>(methods), at);
    }

    Pending proved(String method) {
        List<String> all = new ArrayList<>(methods);
        all.add(method);
        return of(account, all, at);
    }

    /** Keeps it in a session of a new id. */
    void keep(HttpServletRequest request) {
        HttpSession before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        HttpSession session = request.getSession(true);
        session.setMaxInactiveInterval(MINUTES * 60);
        session.setAttribute(ATTRIBUTE, this);
    }

    static Optional<Pending> kept(HttpServletRequest request, Instant now) {
        HttpSession session = request.getSession(false);
        return session != null
                        && session.getAttribute(ATTRIBUTE) instanceof Pending pending
                        && pending.at().plus(Duration.ofMinutes(MINUTES)).isAfter(now)
                ? Optional.of(pending)
                : Optional.empty();
    }
}
