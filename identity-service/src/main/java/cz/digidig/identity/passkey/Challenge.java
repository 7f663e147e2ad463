package cz.digidig.identity.passkey;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The challenge that a browser was given last, in its session: good for one answer, for {@value #MINUTES} minutes. */
public final class Challenge {
    private static final int MINUTES = 5;
    private static final String TEXT = "digidig.challenge";
    private static final String GIVEN = "digidig.challenge-given";

    private Challenge() {}

    /** Keeps it. A session that is made for it alone ends soon. */
    public static void give(HttpServletRequest request, Question question, Instant now) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            session = request.getSession(true);
            session.setMaxInactiveInterval(MINUTES * 60);
        }
        session.setAttribute(TEXT, question.challenge());
        session.setAttribute(GIVEN, now);
    }

    /** Takes it: there is none any more. */
    public static Optional<String> take(HttpServletRequest request, Instant now) {
        HttpSession session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(TEXT) instanceof String text)
                || !(session.getAttribute(GIVEN) instanceof Instant given)) {
            return Optional.empty();
        }
        session.removeAttribute(TEXT);
        return given.plus(Duration.ofMinutes(MINUTES)).isAfter(now) ? Optional.of(text) : Optional.empty();
    }
}
