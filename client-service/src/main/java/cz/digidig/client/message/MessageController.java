package cz.digidig.client.message;

import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.MessageSummary;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.contacts.SentCards;
import cz.digidig.client.invitations.Invitations;
import cz.digidig.client.mailbox.Folder;
import cz.digidig.client.mailbox.Folders;
import cz.digidig.client.mailbox.Frame;
import cz.digidig.client.preferences.Preferences;
import cz.digidig.client.preferences.PreferencesStore;
import cz.digidig.client.receipts.Receipts;
import cz.digidig.common.api.storage.FlagChange.Mode;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A message opened: as a page with its list, or for a script by itself. */
@PageController
class MessageController {
    private final Storage storage;
    private final Frame frame;
    private final Folders folders;
    private final Reading reading;
    private final PreferencesStore preferences;
    private final Invitations invitations;
    private final SentCards cards;
    private final Receipts receipts;

    MessageController(
            Storage storage,
            Frame frame,
            Folders folders,
            Reading reading,
            PreferencesStore preferences,
            Invitations invitations,
            SentCards cards,
            Receipts receipts) {
        this.storage = storage;
        this.frame = frame;
        this.folders = folders;
        this.reading = reading;
        this.preferences = preferences;
        this.invitations = invitations;
        this.cards = cards;
        this.receipts = receipts;
    }

    @GetMapping("/mail/{mailbox}/{message}")
    String page(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @PathVariable String message,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = "false") boolean images,
            Locale language,
            Model model) {
        open(person, mailbox, message, images, false, false, language, model);
        frame.list(person, language, mailbox, q, null, model);
        return "pages/mail";
    }

    /** By itself, for a page that has the list already. */
    @GetMapping(path = "/mail/{mailbox}/{message}", headers = "HX-Request")
    String alone(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @PathVariable String message,
            @RequestParam(defaultValue = "false") boolean images,
            @RequestParam(required = false) @Nullable String peek,
            @RequestParam(defaultValue = "false") boolean alone,
            Locale language,
            Model model) {
        open(person, mailbox, message, images, peek != null, alone, language, model);
        return "pages/message :: message";
    }

    private Around around(String mailbox, MessageSummary summary, Locale language) {
        List<Folder> all = folders.all(language);
        return Around.of(storage.thread(summary.threadId()), summary, Folders.find(all, mailbox), all);
    }

    private void open(
            Person person,
            String mailbox,
            String id,
            boolean images,
            boolean peek,
            boolean alone,
            Locale language,
            Model model) {
        MessageDetail detail = storage.read(mailbox, id);
        MessageSummary summary = detail.message();
        Preferences own = preferences.of(person.accountId());
        Around around = alone || !own.grouped() ? Around.nothing(summary) : around(mailbox, summary, language);
        if (!around.unread().isEmpty() && !peek) {
            storage.flag(mailbox, around.unread(), Mode.ADD, "\\Seen");
        }
        model.addAttribute("around", around);
        model.addAttribute("alone", alone);
        model.addAttribute("view", reading.view(detail, own, images));
        model.addAttribute(
                "invitation", invitations.of(detail, mailbox, person, language).orElse(null));
        model.addAttribute("receipt", receipts.of(detail, mailbox, person).orElse(null));
        model.addAttribute("cards", cards.of(detail, mailbox, person));
        model.addAttribute("mailbox", mailbox);
        model.addAttribute("message", summary);
    }

    /** Pictures of this sender are loaded from now on, or not any more. */
    @PostMapping("/mail/{mailbox}/{message}/sender")
    String sender(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @PathVariable String message,
            @RequestParam boolean show) {
        String address = storage.read(mailbox, message).message().from().stream()
                .findFirst()
                .map(one -> one.address().toLowerCase(Locale.ROOT))
                .orElse("");
        preferences.change(person.accountId(), before -> shown(before, address, show));
        return "redirect:/mail/" + mailbox + "/" + message;
    }

    private static Preferences shown(Preferences before, String address, boolean show) {
        List<String> senders = new ArrayList<>(before.shownSenders());
        senders.remove(address);
        if (show && !address.isEmpty() && senders.size() < Preferences.MOST_SENDERS) {
            senders.add(address);
        }
        return before.showing(senders);
    }
}
