package cz.digidig.client.invitations;

import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.Storage;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The buttons below an invitation. */
@PageController
class InvitationController {
    private final Invitations invitations;
    private final Storage storage;

    InvitationController(Invitations invitations, Storage storage) {
        this.invitations = invitations;
        this.storage = storage;
    }

    @PostMapping("/mail/{mailbox}/{message}/invitation")
    String answer(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @PathVariable String message,
            @RequestParam Answer answer,
            Locale language,
            RedirectAttributes redirect) {
        MessageDetail detail = storage.read(mailbox, message);
        // The same answer once more, by a second click: it was sent already.
        if (!Answer.of(detail.message().keywords()).equals(Optional.of(answer))) {
            try {
                invitations.answer(detail, mailbox, person, answer, language);
                Toast.done(redirect, "invitation.sent");
            } catch (ServiceFailure refused) {
                Toast.failed(redirect, "invitation.not-sent", String.valueOf(refused.getMessage()));
            }
        }
        return "redirect:/mail/" + mailbox + "/" + message;
    }
}
