package cz.digidig.identity.signin;

import cz.digidig.identity.throttle.TooManyAttempts;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;

/** Says on a page how long to wait. */
final class Problem {
    private Problem() {}

    static void show(TooManyAttempts early, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(early.seconds()));
        model.addAttribute("seconds", early.seconds());
    }
}
