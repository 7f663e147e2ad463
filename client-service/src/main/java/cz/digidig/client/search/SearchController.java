package cz.digidig.client.search;

import cz.digidig.client.backend.FoundMessage;
import cz.digidig.client.backend.FoundMessage.FoundPage;
import cz.digidig.client.backend.MessageSummary;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.mailbox.Folder;
import cz.digidig.client.mailbox.Folders;
import cz.digidig.client.mailbox.Frame;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of what was found. */
@PageController
class SearchController {
    private static final int FOUND = 50;

    private final Storage storage;
    private final Frame frame;

    SearchController(Storage storage, Frame frame) {
        this.storage = storage;
        this.frame = frame;
    }

    /** A line of the page. */
    record Found(MessageSummary message, Folder folder, List<Excerpt> subject, List<Excerpt> snippet) {}

    @GetMapping("/search")
    String search(
            @AuthenticationPrincipal Person person,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String cursor,
            Locale language,
            Model model) {
        List<Folder> folders = frame.rail(person, language, model);
        model.addAttribute("q", q);
        model.addAttribute("cursor", cursor == null ? "" : cursor);
        model.addAttribute("items", List.of());
        if (q.isBlank()) {
            return "pages/search";
        }
        try {
            FoundPage found = storage.search(q, cursor == null || cursor.isEmpty() ? null : cursor, FOUND);
            model.addAttribute("total", found.total());
            model.addAttribute("next", found.next());
            model.addAttribute(
                    "items",
                    found.items().stream().map(one -> shown(one, folders)).toList());
        } catch (ServiceProblem unreadable) {
            if (unreadable.code().status() != HttpStatus.BAD_REQUEST
                    && unreadable.code().status() != HttpStatus.UNPROCESSABLE_CONTENT) {
                throw unreadable;
            }
            model.addAttribute("problem", unreadable.getMessage());
        }
        return "pages/search";
    }

    static Found shown(FoundMessage one, List<Folder> folders) {
        Folder folder = folders.stream()
                .filter(known -> known.path().equals(one.mailbox().path()))
                .findFirst()
                .orElseGet(() -> Folders.find(folders, one.mailbox().id()));
        return new Found(one.message(), folder, Excerpt.of(one.subject()), Excerpt.of(one.snippet()));
    }
}
