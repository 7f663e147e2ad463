package cz.digidig.client.compose;

import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells the next whole page what could not be sent in the meantime. */
@ControllerAdvice(annotations = PageController.class)
class NotSent {
    private final Outbox outbox;

    NotSent(Outbox outbox) {
        this.outbox = outbox;
    }

    @ModelAttribute("notSent")
    List<Outbox.Failure> notSent(@AuthenticationPrincipal @Nullable Person person, HttpServletRequest request) {
        boolean page = request.getMethod().equals("GET")
                && request.getHeader("HX-Request") == null
                && request.getServletPath().matches("/mail/[^/]+(?:/[^/]+)?|/compose");
        return person == null || !page ? List.of() : outbox.failures(person.accountId());
    }
}
