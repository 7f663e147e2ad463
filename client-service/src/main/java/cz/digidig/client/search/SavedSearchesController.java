package cz.digidig.client.search;

import cz.digidig.client.mailbox.Frame;
import cz.digidig.client.preferences.PreferencesStore;
import cz.digidig.client.preferences.SavedSearch;
import cz.digidig.client.preferences.SavedSearches;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of searches that are kept. */
@PageController
@RequestMapping("/settings/searches")
class SavedSearchesController {
    private static final String PAGE = "redirect:/settings/searches";

    private final Frame frame;
    private final PreferencesStore preferences;

    SavedSearchesController(Frame frame, PreferencesStore preferences) {
        this.frame = frame;
        this.preferences = preferences;
    }

    @GetMapping
    String page(@AuthenticationPrincipal Person person, Locale language, Model model) {
        frame.rail(person, language, model);
        return "pages/searches";
    }

    /** Keeps a search, in place of one of the same name; shows what it finds again. */
    @PostMapping
    String save(
            @AuthenticationPrincipal Person person,
            @RequestParam String q,
            @RequestParam String name,
            RedirectAttributes redirect) {
        SavedSearch wanted = new SavedSearch(name, q);
        if (wanted.query().isEmpty() || wanted.query().length() > SavedSearch.LONGEST_QUERY) {
            throw new ProblemException(
                    ErrorCode.INVALID, "a search has 1 to " + SavedSearch.LONGEST_QUERY + " characters");
        }
        SavedSearches kept = of(person);
        if (wanted.name().isEmpty()) {
            Toast.failed(redirect, "searches.problem.name");
        } else if (kept.isFull() && kept.called(wanted.name()).isEmpty()) {
            Toast.failed(redirect, "searches.problem.full", SavedSearches.MOST);
        } else {
            preferences.change(
                    person.accountId(),
                    before -> before.searching(before.saved().with(wanted)));
            Toast.done(redirect, "searches.saved", wanted.name());
        }
        redirect.addAttribute("q", wanted.query());
        return "redirect:/search";
    }

    @PostMapping("/rename")
    String rename(
            @AuthenticationPrincipal Person person,
            @RequestParam String name,
            @RequestParam String to,
            RedirectAttributes redirect) {
        SavedSearch before = find(person, name);
        SavedSearch wanted = new SavedSearch(to, before.query());
        if (wanted.name().isEmpty()) {
            Toast.failed(redirect, "searches.problem.name");
            return PAGE;
        }
        boolean renamed = preferences
                .change(person.accountId(), all -> all.searching(all.saved().renamed(before.name(), wanted.name())))
                .saved()
                .called(wanted.name())
                .filter(wanted::equals)
                .isPresent();
        if (renamed) {
            Toast.done(redirect, "searches.saved", wanted.name());
        } else {
            Toast.failed(redirect, "searches.problem.taken", wanted.name());
        }
        return PAGE;
    }

    @PostMapping("/delete")
    String delete(@AuthenticationPrincipal Person person, @RequestParam String name, RedirectAttributes redirect) {
        SavedSearch gone = find(person, name);
        preferences.change(person.accountId(), all -> all.searching(all.saved().without(gone.name())));
        Toast.done(redirect, "searches.deleted", gone.name());
        return PAGE;
    }

    private SavedSearch find(Person person, String name) {
        return of(person)
                .called(name)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such search"));
    }

    private SavedSearches of(Person person) {
        return preferences.of(person.accountId()).saved();
    }
}
