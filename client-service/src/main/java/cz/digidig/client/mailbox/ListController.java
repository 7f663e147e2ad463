package cz.digidig.client.mailbox;

import cz.digidig.common.mailbox.UidSet;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of a folder, and what is done to messages that were chosen in it. */
@PageController
class ListController {
    private static final String BY_SCRIPT = "HX-Request";

    private final Frame frame;
    private final Actions actions;
    private final Folders folders;
    private final MessageSource messages;

    ListController(Frame frame, Actions actions, Folders folders, MessageSource messages) {
        this.frame = frame;
        this.actions = actions;
        this.folders = folders;
        this.messages = messages;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/mail/INBOX";
    }

    @GetMapping("/mail/{mailbox}")
    String list(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor,
            Locale language,
            Model model) {
        frame.list(person, language, mailbox, q, cursor, model);
        return "pages/mail";
    }

    /** Further rows, for a list that is there already. */
    @GetMapping(path = "/mail/{mailbox}", headers = BY_SCRIPT)
    String rows(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        frame.rows(person, folders.byId(mailbox), q, cursor, model);
        model.addAttribute("preferences", frame.preferences(person));
        return "pages/rows :: rows";
    }

    /** The rail, when counts changed. */
    @GetMapping(path = "/folders", headers = BY_SCRIPT)
    String rail(
            @AuthenticationPrincipal Person person,
            @RequestParam(defaultValue = "") String current,
            Locale language,
            Model model) {
        frame.rail(person, language, model);
        model.addAttribute("current", current);
        return "pages/rail :: rail";
    }

    @PostMapping("/mail/{mailbox}/messages")
    String act(
            @PathVariable String mailbox,
            @RequestParam("do") String action,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String uids,
            @RequestParam(name = "set", defaultValue = "") List<String> sets,
            Locale language,
            RedirectAttributes redirect) {
        UidSet chosen = Actions.uids(uids, sets);
        if (action.equals("forward") && !chosen.isEmpty()) {
            redirect.addAttribute("mode", "attached");
            redirect.addAttribute("folder", mailbox);
            redirect.addAttribute("uids", chosen.toString());
            return "redirect:/compose";
        }
        Done done = act(mailbox, action, to, chosen, language);
        if (done.undo() == null) {
            Toast.done(redirect, done.key(), done.count(), name(done.folder(), language));
        } else {
            Toast.undoable(redirect, done.undo(), done.key(), done.count(), name(done.folder(), language));
        }
        return "redirect:/mail/" + mailbox;
    }

    /** The same for a script: what to say, and how to take it back. */
    @PostMapping(path = "/mail/{mailbox}/messages", headers = BY_SCRIPT)
    @ResponseBody
    ResponseEntity<Map<String, Object>> actByScript(
            @PathVariable String mailbox,
            @RequestParam("do") String action,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String uids,
            @RequestParam(name = "set", defaultValue = "") List<String> sets,
            Locale language) {
        Done done = act(mailbox, action, to, Actions.uids(uids, sets), language);
        String text =
                messages.getMessage(done.key(), new Object[] {done.count(), name(done.folder(), language)}, language);
        return ResponseEntity.ok(
                done.undo() == null ? Map.of("text", text) : Map.of("text", text, "undo", done.undo()));
    }

    private String name(@Nullable Folder folder, Locale language) {
        if (folder == null) {
            return "";
        }
        return folder.special() ? messages.getMessage("folder." + folder.kind(), null, language) : folder.path();
    }

    private Done act(String mailbox, String name, String to, UidSet uids, Locale language) {
        if (uids.isEmpty()) {
            return new Done("done.nothing", 0, null, null);
        }
        Action action = Action.of(name).orElseThrow(() -> new IllegalArgumentException("no such action"));
        Folder from = folders.byId(mailbox);
        return actions.act(action, from, uids, to, language);
    }
}
