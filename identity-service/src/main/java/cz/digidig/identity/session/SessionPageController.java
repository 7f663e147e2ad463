package cz.digidig.identity.session;

import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import cz.digidig.identity.factor.TrustedDevices;
import cz.digidig.identity.signin.SignedIn;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of where somebody is signed in, and which browsers are remembered. */
@Hidden
@PageController
@RequestMapping("/security/sessions")
class SessionPageController {
    private static final String HERE = "redirect:/security/sessions";

    private final OpenSessions sessions;
    private final TrustedDevices devices;

    SessionPageController(OpenSessions sessions, TrustedDevices devices) {
        this.sessions = sessions;
        this.devices = devices;
    }

    @GetMapping
    String page(Authentication person, Model model) {
        model.addAttribute(
                "sessions", sessions.list(person.getName(), SignedIn.of(person).id()));
        model.addAttribute("devices", devices.list(person.getName()));
        return "pages/sessions";
    }

    @PostMapping("/end")
    String end(Authentication person, @RequestParam String id, RedirectAttributes redirect) {
        sessions.end(person.getName(), id);
        if (!id.equals(SignedIn.of(person).id())) {
            Toast.done(redirect, "sessions.ended");
        }
        return HERE;
    }

    @PostMapping("/end-all")
    String endAll(Authentication person) {
        sessions.endAll(person.getName());
        return HERE;
    }

    @PostMapping("/forget")
    String forget(Authentication person, @RequestParam String id, RedirectAttributes redirect) {
        devices.forget(person.getName(), id);
        Toast.done(redirect, "devices.forgotten");
        return HERE;
    }
}
