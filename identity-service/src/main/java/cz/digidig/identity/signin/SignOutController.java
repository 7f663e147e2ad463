package cz.digidig.identity.signin;

import cz.digidig.common.web.PageController;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PostMapping;

/** Signs the browser out, by the button that every page of the suite has. */
@Hidden
@PageController
class SignOutController {
    static final String PATH = "/logout";

    private final BrowserSessions sessions;

    SignOutController(BrowserSessions sessions) {
        this.sessions = sessions;
    }

    @PostMapping(PATH)
    String signOut(HttpServletRequest request) {
        sessions.end(request);
        return "redirect:" + SignInController.PATH;
    }
}
