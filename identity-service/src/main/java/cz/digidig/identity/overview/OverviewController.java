package cz.digidig.identity.overview;

import cz.digidig.common.web.PageController;
import cz.digidig.identity.apppassword.AppPasswords;
import cz.digidig.identity.factor.SecondFactors;
import cz.digidig.identity.passkey.Passkeys;
import cz.digidig.identity.session.OpenSessions;
import cz.digidig.identity.signin.PageSecurity;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How somebody signs in, at a glance. */
@Hidden
@PageController
class OverviewController {
    private final SecondFactors factors;
    private final Passkeys passkeys;
    private final AppPasswords appPasswords;
    private final OpenSessions sessions;

    OverviewController(SecondFactors factors, Passkeys passkeys, AppPasswords appPasswords, OpenSessions sessions) {
        this.factors = factors;
        this.passkeys = passkeys;
        this.appPasswords = appPasswords;
        this.sessions = sessions;
    }

    @GetMapping(PageSecurity.HOME)
    String page(Authentication person, Model model) {
        String account = person.getName();
        model.addAttribute("codes", factors.needed(account));
        model.addAttribute("recoveryCodes", factors.left(account));
        model.addAttribute("passkeys", passkeys.count(account));
        model.addAttribute("appPasswords", appPasswords.count(account));
        model.addAttribute("sessions", sessions.count(account));
        return "pages/overview";
    }
}
