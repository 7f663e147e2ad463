package cz.digidig.identity.signin;

import cz.digidig.common.web.PageController;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page who is signed in. */
@ControllerAdvice(annotations = PageController.class)
class PersonModel {
    private final BrowserSessions sessions;
    private final AccountDirectory accounts;

    PersonModel(BrowserSessions sessions, AccountDirectory accounts) {
        this.sessions = sessions;
        this.accounts = accounts;
    }

    @ModelAttribute("person")
    @Nullable
    String person() {
        return sessions.current()
                .flatMap(signedIn -> accounts.account(signedIn.account()))
                .map(AccountFacts::email)
                .orElse(null);
    }
}
