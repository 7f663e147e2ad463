package cz.digidig.client.contacts;

import cz.digidig.client.backend.Storage;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The button below a card that a mail brings. */
@PageController
class SentCardsController {
    private final SentCards cards;
    private final Contacts contacts;
    private final Storage storage;

    SentCardsController(SentCards cards, Contacts contacts, Storage storage) {
        this.cards = cards;
        this.contacts = contacts;
        this.storage = storage;
    }

    @PostMapping("/mail/{mailbox}/{message}/cards/{part}")
    String add(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @PathVariable String message,
            @PathVariable String part,
            RedirectAttributes redirect) {
        AddressBook before = contacts.of(person.accountId());
        List<Contact> people = cards.read(storage.read(mailbox, message), mailbox, part).stream()
                .filter(one -> !before.knows(one))
                .toList();
        int added = contacts.change(person.accountId(), book -> book.with(people))
                        .contacts()
                        .size()
                - before.contacts().size();
        if (added == 0 && before.isFull()) {
            Toast.failed(redirect, "contacts.problem.full");
        } else {
            Toast.done(redirect, "contacts.added", added);
        }
        return "redirect:/mail/" + mailbox + "/" + message;
    }
}
