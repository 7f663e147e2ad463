package cz.digidig.client.receipts;

import cz.digidig.client.backend.Storage;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The buttons of a message that asks for a receipt. */
@PageController
class ReceiptController {
    private final Receipts receipts;
    private final Storage storage;

    ReceiptController(Receipts receipts, Storage storage) {
        this.receipts = receipts;
        this.storage = storage;
    }

    @PostMapping("/mail/{mailbox}/{message}/receipt")
    String answer(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @PathVariable String message,
            @RequestParam boolean send,
            Locale language,
            RedirectAttributes redirect) {
        try {
            receipts.answer(storage.read(mailbox, message), mailbox, person, send, language);
            Toast.done(redirect, send ? "receipt.sent" : "receipt.declined");
        } catch (ServiceFailure refused) {
            Toast.failed(redirect, "receipt.not-sent", String.valueOf(refused.getMessage()));
        }
        return "redirect:/mail/" + mailbox + "/" + message;
    }
}
