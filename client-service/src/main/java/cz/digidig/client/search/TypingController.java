package cz.digidig.client.search;

import cz.digidig.client.backend.FoundMessage;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.mailbox.Folder;
import cz.digidig.client.mailbox.Folders;
import cz.digidig.client.search.Completion.Word;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.web.PageController;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the search field shows below itself while a person types: what the last word may become, and what is found. */
@PageController
class TypingController {
    private static final int COMPLETED = 6;
    /** Before anything is typed. */
    private static final int HINTS = 12;

    private static final int PEOPLE = 3;
    private static final int FOUND = 6;
    /** A word of one letter means nobody. */
    private static final int SHORTEST = 2;

    private final Storage storage;
    private final Folders folders;
    private final MessageSource messages;

    TypingController(Storage storage, Folders folders, MessageSource messages) {
        this.storage = storage;
        this.folders = folders;
        this.messages = messages;
    }

    @GetMapping("/search/typed")
    String typed(@RequestParam(defaultValue = "") String q, Locale language, Model model) {
        Word word = Word.last(q);
        List<Folder> all = folders.all(language);
        Stream<Completion> completions =
                switch (word.operator()) {
                    case "from:", "to:", "cc:", "bcc:" -> people(word, word.operator());
                    case "in:" -> places(word, all, language);
                    case "" -> Stream.concat(Completion.operators(word), people(word, "from:"));
                    default -> Completion.operators(word);
                };
        model.addAttribute(
                "completions",
                completions.limit(q.isEmpty() ? HINTS : COMPLETED).toList());
        model.addAttribute("found", q.isBlank() ? List.of() : found(q, all));
        model.addAttribute("q", q);
        return "pages/typed";
    }

    private Stream<Completion> people(Word word, String operator) {
        boolean named = !word.operator().isEmpty();
        if (word.value().length() < (named ? 1 : SHORTEST)) {
            return Stream.empty();
        }
        return storage.suggest(word.value(), named ? COMPLETED : PEOPLE).stream()
                .filter(person -> !person.address().equalsIgnoreCase(word.value()))
                .map(person -> word.with(operator + person.address(), person.shown()));
    }

    private Stream<Completion> places(Word word, List<Folder> all, Locale language) {
        String typed = word.value().toLowerCase(language);
        return all.stream()
                .filter(folder -> !folder.path().equalsIgnoreCase(word.value()))
                .map(folder -> {
                    String shown = folder.special()
                            ? messages.getMessage("folder." + folder.kind(), null, language)
                            : folder.path();
                    String name = folder.special() ? folder.kind() : folder.path();
                    return word.with("in:" + (name.contains(" ") ? '"' + name + '"' : name), shown);
                })
                .filter(one -> one.term().toLowerCase(language).contains(typed)
                        || one.meaning().toLowerCase(language).contains(typed));
    }

    private List<SearchController.Found> found(String q, List<Folder> all) {
        try {
            List<FoundMessage> items = storage.search(q, null, FOUND).items();
            return items.stream().map(one -> SearchController.shown(one, all)).toList();
        } catch (ServiceProblem unfinished) {
            if (unfinished.status() >= 500) {
                throw unfinished;
            }
            return List.of();
        }
    }
}
