package cz.digidig.client.compose;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.PersonalToken;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.configuration.ClientSettings;
import cz.digidig.client.contacts.Contacts;
import cz.digidig.client.identities.Identities;
import cz.digidig.client.identities.OwnIdentities;
import cz.digidig.client.mailbox.Frame;
import cz.digidig.client.preferences.Identity;
import cz.digidig.client.preferences.PreferencesStore;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.PageFormats;
import cz.digidig.common.web.Toast;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The page on which a message is written. */
@PageController
class ComposeController {
    private static final int SUGGESTED = 8;
    /** Before the time in the value of a button. */
    private static final String AT = "at ";

    private static final int MOST_ATTACHED = 100;

    private final Drafts drafts;
    private final Outbox outbox;
    private final Storage storage;
    private final Frame frame;
    private final PersonalToken token;
    private final ConfigurationStore<ClientSettings> settings;
    private final MessageSource messages;
    private final PageFormats formats;
    private final Contacts contacts;
    private final Identities identities;
    private final Doubts doubts;
    private final PreferencesStore preferences;
    private final Clock clock;

    ComposeController(
            Drafts drafts,
            Outbox outbox,
            Storage storage,
            Frame frame,
            PersonalToken token,
            ConfigurationStore<ClientSettings> settings,
            MessageSource messages,
            PageFormats formats,
            Contacts contacts,
            Identities identities,
            Doubts doubts,
            PreferencesStore preferences,
            Clock clock) {
        this.drafts = drafts;
        this.outbox = outbox;
        this.storage = storage;
        this.frame = frame;
        this.token = token;
        this.settings = settings;
        this.messages = messages;
        this.formats = formats;
        this.contacts = contacts;
        this.identities = identities;
        this.doubts = doubts;
        this.preferences = preferences;
        this.clock = clock;
    }

    @GetMapping("/compose")
    String page(
            @AuthenticationPrincipal Person person,
            @RequestParam(defaultValue = "") String draft,
            @RequestParam(defaultValue = "") String mode,
            @RequestParam(defaultValue = "") String folder,
            @RequestParam(defaultValue = "") String message,
            @RequestParam(defaultValue = "") String uids,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String mailto,
            Locale language,
            Model model) {
        Draft written;
        if (!draft.isEmpty()) {
            written = drafts.read(draft);
        } else if (mode.equals("attached")) {
            written = attached(person, folder, message, uids, language);
        } else if (!message.isEmpty()) {
            written = answer(person, mode, folder, message, language);
        } else {
            written = mailto.isEmpty() ? Draft.EMPTY.to(to) : Mailto.read(mailto);
            written = as(person, identities.of(person).usual(), written);
        }
        return show(person, written, Map.of(), List.of(), language, model);
    }

    private Draft as(Person person, Identity identity, Draft draft) {
        return draft.from(identity.address())
                .formatted(frame.preferences(person).writesFormatted())
                .signed(identity.signature());
    }

    /** One message by its id, or several by their UIDs. */
    private Draft attached(Person person, String folder, String message, String uids, Locale language) {
        List<String> ids = message.isEmpty() ? storage.ids(folder, UidSet.parse(uids)) : List.of(message);
        if (ids.isEmpty() || ids.size() > MOST_ATTACHED) {
            throw new ProblemException(
                    ids.isEmpty() ? ErrorCode.NOT_FOUND : ErrorCode.TOO_LARGE,
                    "between 1 and " + MOST_ATTACHED + " messages can be forwarded at once");
        }
        List<MessageDetail> details =
                ids.stream().map(id -> storage.read(folder, id)).toList();
        String several = messages.getMessage("compose.forwarded-several", new Object[] {ids.size()}, language);
        OwnIdentities own = identities.of(person);
        Identity meant = own.meant(details.stream().flatMap(Answer::addressed));
        return as(person, meant, Answer.attached(details, folder, several));
    }

    private Draft answer(Person person, String mode, String folder, String id, Locale language) {
        MessageDetail detail = storage.read(folder, id);
        OwnIdentities own = identities.of(person);
        Identity meant = own.meant(Answer.addressed(detail));
        Correspondent from = detail.message().from().isEmpty()
                ? new Correspondent("", "")
                : detail.message().from().getFirst();
        String when = formats.moment(
                detail.message().date() == null
                        ? detail.message().receivedAt()
                        : detail.message().date());
        if (mode.equals("forward")) {
            String above = messages.getMessage(
                    "compose.forwarded",
                    new Object[] {
                        from.written(),
                        when,
                        detail.message().subject(),
                        Answer.written(detail.message().to())
                    },
                    language);
            return as(person, meant, Answer.forward(detail, folder, above));
        }
        String wrote = messages.getMessage("compose.wrote", new Object[] {when, from.shown()}, language);
        Draft reply = Answer.reply(detail, folder, own::has, mode.equals("all"), wrote);
        return as(person, meant, frame.preferences(person).writesFormatted() ? reply : reply.withoutFiles());
    }

    private String show(
            Person person,
            Draft draft,
            Map<String, String> problems,
            List<Doubts.Doubt> about,
            Locale language,
            Model model) {
        frame.rail(person, language, model);
        model.addAttribute("draft", draft);
        model.addAttribute("problems", problems);
        model.addAttribute("doubts", about);
        model.addAttribute("times", SendTimes.usual(clock.instant(), zone()));
        OwnIdentities own = identities.of(person);
        Identity author = own.find(draft.from()).orElse(own.usual());
        model.addAttribute("author", author);
        model.addAttribute("identities", own.with(author));
        model.addAttribute("most", settings.current().maxAttachments());
        model.addAttribute("longest", RichText.MOST);
        return "pages/compose";
    }

    /** Saves what is written, and does with it what the button says. */
    @PostMapping("/compose")
    String written(
            @AuthenticationPrincipal Person person,
            Form form,
            @RequestParam(name = "do", defaultValue = "save") String action,
            @RequestParam(defaultValue = "false") boolean doubted,
            @RequestParam(defaultValue = "") String at,
            Uploads uploads,
            Locale language,
            Model model,
            RedirectAttributes redirect)
            throws IOException {
        if (action.equals("discard")) {
            if (!form.id().isEmpty()) {
                drafts.remove(form.id());
            }
            Toast.done(redirect, "compose.discarded");
            return "redirect:/mail/INBOX";
        }
        List<MimeWriter.File> added = uploads.read();
        Draft saved = drafts.save(form.toDraft(added), person, added);
        boolean later = action.equals("later") || action.startsWith(AT);
        if (!action.equals("send") && !later) {
            Toast.done(redirect, "compose.saved");
            return "redirect:/compose?draft=" + saved.id();
        }
        Map<String, String> problems = form.problems(settings.current().mostRecipients());
        String typed = action.startsWith(AT) ? action.substring(AT.length()) : at;
        Optional<Instant> time = later ? SendTimes.read(typed, zone()) : Optional.empty();
        if (later && !time.filter(clock.instant()::isBefore).isPresent()) {
            problems.put("at", "compose.problem.past");
        }
        model.addAttribute("at", typed);
        if (!problems.isEmpty()) {
            return show(person, saved, problems, List.of(), language, model);
        }
        List<Doubts.Doubt> about = doubted ? List.of() : doubts.of(saved, person);
        if (!about.isEmpty()) {
            return show(person, saved, Map.of(), about, language, model);
        }
        int seconds = time.isPresent() ? 0 : frame.preferences(person).undoSeconds();
        if (seconds == 0) {
            try {
                if (time.isPresent()) {
                    String id = outbox.schedule(saved, time.get()).id();
                    String back = "/scheduled/" + id;
                    Toast.undoable(redirect, back, "compose.scheduled", formats.moment(time.get()));
                    return "redirect:/mail/INBOX";
                }
                outbox.send(saved);
            } catch (ServiceFailure refused) {
                Map<String, String> why = Map.of("", String.valueOf(refused.getMessage()));
                return show(person, saved, why, List.of(), language, model);
            }
            Toast.done(redirect, "compose.sent");
        } else {
            outbox.hold(person.accountId(), saved, token.current(), Duration.ofSeconds(seconds));
            String back = UriComponentsBuilder.fromPath("/compose/undo")
                    .queryParam("draft", "{draft}")
                    .build(saved.id())
                    .toString();
            Toast.undoable(redirect, back, "compose.sending", seconds);
        }
        return "redirect:/mail/INBOX";
    }

    /** That in which the page shows times. */
    private static ZoneId zone() {
        return LocaleContextHolder.getTimeZone().toZoneId();
    }

    /** The same for a script that saves as one types. */
    @PostMapping(path = "/compose", headers = "HX-Request")
    String savedByScript(@AuthenticationPrincipal Person person, Form form, Uploads uploads, Model model)
            throws IOException {
        List<MimeWriter.File> added = uploads.read();
        model.addAttribute("draft", drafts.save(form.toDraft(added), person, added));
        return "pages/compose :: kept";
    }

    /** Makes plain text of formatted text or the other way, and keeps which of them the person writes. */
    @PostMapping("/compose/formatted")
    @ResponseBody
    Written formatted(
            @AuthenticationPrincipal Person person,
            @RequestParam boolean formatted,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String html) {
        Written written = formatted
                ? new Written(text, RichText.ofText(text.replace("\r\n", "\n")))
                : new Written(RichText.text(RichText.clean(html)), "");
        preferences.change(person.accountId(), before -> before.writing(formatted));
        return written;
    }

    @PostMapping("/compose/undo")
    String undo(@AuthenticationPrincipal Person person, @RequestParam String draft, RedirectAttributes redirect) {
        if (outbox.callBack(person.accountId(), draft)) {
            Toast.done(redirect, "compose.called-back");
            return "redirect:/compose?draft=" + draft;
        }
        Toast.failed(redirect, "compose.too-late");
        return "redirect:/mail/INBOX";
    }

    /** Recipients by the beginning of their names or addresses. */
    @GetMapping("/compose/people")
    @ResponseBody
    List<Suggested> people(@AuthenticationPrincipal Person person, @RequestParam String q) {
        if (q.isBlank()) {
            return List.of();
        }
        List<Suggested> found = new ArrayList<>();
        contacts.groups(person.accountId(), q, SUGGESTED)
                .forEach(group -> found.add(new Suggested(group.name(), Answer.written(group.members()))));
        Map<String, Correspondent> people = new LinkedHashMap<>();
        Stream.concat(
                        contacts.suggest(person.accountId(), q, SUGGESTED).stream(),
                        storage.suggest(q, SUGGESTED).stream())
                .forEach(one -> people.putIfAbsent(one.address().toLowerCase(Locale.ROOT), one));
        people.values().forEach(one -> found.add(new Suggested(one.written(), one.written())));
        return found.subList(0, Math.min(SUGGESTED, found.size()));
    }

    /** What is doubtful about recipients, for a script that asks as they are typed. */
    @GetMapping("/compose/doubts")
    @ResponseBody
    List<Doubtful> doubts(@AuthenticationPrincipal Person person, @RequestParam List<String> address, Locale language) {
        return doubts.ofAddresses(address, person).stream()
                .map(one -> new Doubtful(
                        one.arguments().getFirst(),
                        messages.getMessage(one.key(), one.arguments().toArray(), language)))
                .toList();
    }

    /**
     * What is written, in the other form.
     *
     * @param html empty: it is plain text
     */
    record Written(String text, String html) {}

    /** A recipient, and why to look at it again. */
    record Doubtful(String address, String text) {}

    /**
     * Recipients that may be meant.
     *
     * @param shown what to show
     * @param written what to write
     */
    record Suggested(String shown, String written) {}
}
