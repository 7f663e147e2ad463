package cz.digidig.client.folders;

import cz.digidig.client.backend.Storage;
import cz.digidig.client.mailbox.Folder;
import cz.digidig.client.mailbox.Folders;
import cz.digidig.client.mailbox.Frame;
import cz.digidig.client.preferences.PreferencesStore;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of folders, and a page for each of them. */
@PageController
@RequestMapping("/settings/folders")
class FoldersController {
    private static final String PAGE = "redirect:/settings/folders";
    private static final String NEW = "new";

    private final Frame frame;
    private final Storage storage;
    private final PreferencesStore preferences;

    FoldersController(Frame frame, Storage storage, PreferencesStore preferences) {
        this.frame = frame;
        this.storage = storage;
        this.preferences = preferences;
    }

    @GetMapping
    String list(@AuthenticationPrincipal Person person, Locale language, Model model) {
        frame.rail(person, language, model);
        return "pages/folders";
    }

    @GetMapping("/{id}")
    String edit(@AuthenticationPrincipal Person person, @PathVariable String id, Locale language, Model model) {
        List<Folder> all = frame.rail(person, language, model);
        if (id.equals(NEW)) {
            return show("", "", "", model);
        }
        Folder edited = Folders.find(all, id);
        model.addAttribute("edited", edited);
        String path = edited.path();
        return show(edited.name(), path.substring(0, Math.max(0, path.lastIndexOf('/'))), "", model);
    }

    private static String show(String name, String within, String problem, Model model) {
        model.addAttribute("name", name);
        model.addAttribute("within", within);
        model.addAttribute("problem", problem);
        return "pages/folder";
    }

    /**
     * Makes one, or gives one another name or place.
     *
     * @param within the path of the folder that it is in; empty: in none
     */
    @PostMapping("/{id}")
    String save(
            @AuthenticationPrincipal Person person,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String within,
            Locale language,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        String level = name.strip();
        String problem = level.isEmpty() || level.contains("/") ? "folders.problem.name" : "";
        if (problem.isEmpty()) {
            problem = store(id, within.isEmpty() ? level : within + "/" + level);
        }
        if (problem.isEmpty()) {
            Toast.done(redirect, "folders.saved", level);
            return PAGE;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        List<Folder> all = frame.rail(person, language, model);
        if (!id.equals(NEW)) {
            model.addAttribute("edited", Folders.find(all, id));
        }
        return show(name, within, problem, model);
    }

    /** Empty, or why it can't be. */
    private String store(String id, String path) {
        try {
            if (id.equals(NEW)) {
                storage.create(path);
            } else {
                storage.rename(own(id).id(), path);
            }
            return "";
        } catch (ServiceProblem refused) {
            return switch (refused.code()) {
                case EXISTS -> "folders.problem.exists";
                case INVALID -> "folders.problem.name";
                default -> throw refused;
            };
        }
    }

    /** One that is the person's to rename and delete. */
    private Folder own(String id) {
        Folder folder = Folder.of(storage.mailbox(id));
        if (folder.special()) {
            throw new ProblemException(ErrorCode.INVALID, "this folder is needed as it is");
        }
        return folder;
    }

    @PostMapping("/{id}/subscribed")
    String subscribe(@PathVariable String id, @RequestParam boolean subscribed, RedirectAttributes redirect) {
        String path = storage.subscribe(id, subscribed).path();
        Toast.done(redirect, subscribed ? "folders.subscribed" : "folders.unsubscribed", path);
        return PAGE;
    }

    /**
     * Puts one among the favourites, elsewhere among them, or takes it out.
     *
     * @param place 0: above all; negative: none of them any more
     */
    @PostMapping("/{id}/favourite")
    String favour(@AuthenticationPrincipal Person person, @PathVariable String id, @RequestParam int place) {
        String own = Folder.of(storage.mailbox(id)).id();
        preferences.change(
                person.accountId(),
                before -> before.favouring(
                        place < 0
                                ? before.favoured().without(own)
                                : before.favoured().with(own, place)));
        return PAGE;
    }

    /**
     * Deletes one with its messages.
     *
     * @param typed its name, as proof that it is meant
     */
    @PostMapping("/{id}/delete")
    String delete(@PathVariable String id, @RequestParam(defaultValue = "") String typed, RedirectAttributes redirect) {
        Folder folder = own(id);
        if (!typed.strip().equals(folder.name())) {
            Toast.failed(redirect, "folders.problem.typed", folder.name());
            redirect.addAttribute("id", id);
            return PAGE + "/{id}";
        }
        storage.deleteMailbox(folder.id());
        Toast.done(redirect, "folders.deleted", folder.path());
        return PAGE;
    }
}
