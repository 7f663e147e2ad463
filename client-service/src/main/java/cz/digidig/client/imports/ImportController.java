package cz.digidig.client.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import cz.digidig.client.backend.PersonalToken;
import cz.digidig.client.imports.Unreadable.Why;
import cz.digidig.client.mailbox.Folder;
import cz.digidig.client.mailbox.Folders;
import cz.digidig.client.mailbox.Frame;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The page of import: what is to be imported, and how far it is. */
@PageController
@RequestMapping("/settings/import")
class ImportController {
    private static final String PAGE = "redirect:/settings/import";
    /** Fewer than the parts that a request may have. */
    private static final int MOST_FILES = 90;

    private static final int LOOKED_AT = 1000;

    private final Frame frame;
    private final Imports imports;
    private final ImportProperties limits;
    private final PersonalToken token;

    ImportController(Frame frame, Imports imports, ImportProperties limits, PersonalToken token) {
        this.frame = frame;
        this.imports = imports;
        this.limits = limits;
        this.token = token;
    }

    @GetMapping
    String page(@AuthenticationPrincipal Person person, Locale language, Model model) {
        return show(person, language, "", "", true, model);
    }

    private String show(Person person, Locale language, String problem, String target, boolean read, Model model) {
        frame.rail(person, language, model);
        Progress progress = imports.of(person.accountId());
        if (progress.active()) {
            imports.renew(person.accountId(), token.current());
        }
        model.addAttribute("progress", progress);
        model.addAttribute("most", limits.upload().toBytes());
        model.addAttribute("mostFiles", MOST_FILES);
        model.addAttribute("problem", problem);
        model.addAttribute("target", target);
        model.addAttribute("read", read);
        return "pages/import";
    }

    /**
     * Begins one.
     *
     * @param target the id of the folder for all messages; empty: those that the file says
     * @param read whether messages count as read where the file doesn't say
     */
    @PostMapping
    String start(
            @AuthenticationPrincipal Person person,
            @RequestParam(name = "file", defaultValue = "") List<MultipartFile> files,
            @RequestParam(defaultValue = "") String target,
            @RequestParam(defaultValue = "false") boolean read,
            Locale language,
            Model model,
            HttpServletResponse response)
            throws IOException {
        List<MultipartFile> chosen =
                files.stream().filter(file -> !file.isEmpty()).toList();
        String problem = problem(person, chosen, target, read, language, model);
        if (problem.isEmpty()) {
            return PAGE;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(person, language, problem, target, read, model);
    }

    private String problem(
            Person person, List<MultipartFile> files, String target, boolean read, Locale language, Model model)
            throws IOException {
        if (files.isEmpty()) {
            return "import.problem.none";
        }
        if (files.size() > MOST_FILES) {
            return "import.problem.files";
        }
        if (imports.of(person.accountId()).active()) {
            return "import.problem.another-runs";
        }
        String mailbox =
                target.isEmpty() ? "" : find(person, language, target, model).id();
        Path room = imports.room();
        List<Source> sources = new ArrayList<>();
        for (MultipartFile file : files) {
            String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
            Path kept = room.resolve(Integer.toString(sources.size()));
            file.transferTo(kept);
            Optional<Source> source = source(kept, name);
            if (source.isEmpty()) {
                Imports.delete(room);
                model.addAttribute("culprit", name);
                return Why.NO_MAIL.key();
            }
            sources.add(source.get());
        }
        String name = Objects.requireNonNullElse(files.getFirst().getOriginalFilename(), "");
        Plan plan = new Plan(name, files.size(), sources, mailbox, read);
        return imports.start(person.accountId(), token.current(), plan, room)
                .map(refused -> switch (refused) {
                    case ANOTHER_RUNS -> "import.problem.another-runs";
                    case TOO_MANY -> "import.problem.busy";
                })
                .orElse("");
    }

    private Folder find(Person person, Locale language, String target, Model model) {
        return Folders.find(frame.rail(person, language, model), target);
    }

    /** What a file is, by how it begins. */
    private Optional<Source> source(Path file, String name) throws IOException {
        String beginning;
        try (InputStream octets = Files.newInputStream(file)) {
            beginning = new String(octets.readNBytes(LOOKED_AT), ISO_8859_1);
        }
        if (beginning.startsWith("PK\3\4") || beginning.startsWith("PK\5\6")) {
            return Optional.of(new ZipOfMail(file, limits.unpacked().toBytes()));
        }
        MessageHead head = new MessageHead(beginning);
        boolean single = name.toLowerCase(Locale.ROOT).endsWith(".eml") && head.separator() > 0;
        if (beginning.startsWith("From ") && !single) {
            return Optional.of(new MboxFile(file, ZipOfMail.folder(List.of(name.replaceFirst("^.*[/\\\\]", "")))));
        }
        return single || head.isMessage() ? Optional.of(new EmlFile(file, name)) : Optional.empty();
    }

    @PostMapping("/cancel")
    String cancel(@AuthenticationPrincipal Person person) {
        imports.cancel(person.accountId());
        return PAGE;
    }

    @PostMapping("/forget")
    String forget(@AuthenticationPrincipal Person person) {
        imports.forget(person.accountId());
        return PAGE;
    }
}
