package cz.digidig.admin.backup;

import cz.digidig.admin.configuration.AdminSettings;
import cz.digidig.admin.overview.Disks;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Disks, and backups: made, verified, restored and deleted by the agent, found here with what came of each request. */
@PageController
@RequestMapping("/volumes")
class VolumesController {
    private static final Logger LOG = LoggerFactory.getLogger(VolumesController.class);
    private static final String HERE = "redirect:/volumes";
    /** What must be typed before all data is replaced; the same word in every language. */
    private static final String WORD = "restore";

    private final BackupRequests requests;
    private final Disks disks;
    private final ConfigurationStore<AdminSettings> settings;
    private final boolean embedded;

    VolumesController(
            BackupRequests requests, Disks disks, ConfigurationStore<AdminSettings> settings, Environment environment) {
        this.requests = requests;
        this.disks = disks;
        this.settings = settings;
        this.embedded = environment.acceptsProfiles(Profiles.of("embedded"));
    }

    @ModelAttribute
    void whole(@ModelAttribute("whole") boolean whole) {
        if (!whole) {
            throw new AccessDeniedException("volumes and backups are for administrators of the whole suite");
        }
    }

    @GetMapping
    String volumes(Model model) {
        model.addAttribute("disks", disks.all());
        model.addAttribute("diskWarning", settings.current().diskWarningPercent());
        model.addAttribute("embedded", embedded);
        Optional<AgentState> told = requests.state();
        Optional<Request> waiting = requests.waiting();
        model.addAttribute("agent", told.orElse(null));
        model.addAttribute(
                "agentAway", told.filter(agent -> agent.away(requests.now())).isPresent());
        model.addAttribute("waiting", waiting.orElse(null));
        model.addAttribute(
                "busy",
                waiting.isPresent()
                        || told.filter(agent -> agent.running() != null).isPresent());
        return "pages/volumes";
    }

    /** Asks before an archive is restored or deleted. */
    @GetMapping("/backups/{name}/{verb}")
    String sure(@PathVariable String name, @PathVariable String verb, Model model) {
        Verb wanted = Verb.of(verb)
                .filter(one -> one == Verb.RESTORE || one == Verb.DELETE)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such page"));
        model.addAttribute("archive", archive(name));
        model.addAttribute("verb", wanted.key());
        model.addAttribute("word", WORD);
        return "pages/backup-sure";
    }

    private Archive archive(String name) {
        return requests.state()
                .flatMap(agent -> agent.archive(name))
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such archive"));
    }

    @PostMapping("/backups")
    String backUp(@AuthenticationPrincipal Person person, RedirectAttributes redirect) throws IOException {
        return ask(Verb.BACKUP, "", person, redirect);
    }

    @PostMapping("/backups/{name}/verify")
    String verify(@PathVariable String name, @AuthenticationPrincipal Person person, RedirectAttributes redirect)
            throws IOException {
        return ask(Verb.VERIFY, archive(name).name(), person, redirect);
    }

    @PostMapping("/backups/{name}/delete")
    String delete(@PathVariable String name, @AuthenticationPrincipal Person person, RedirectAttributes redirect)
            throws IOException {
        return ask(Verb.DELETE, archive(name).name(), person, redirect);
    }

    @PostMapping("/backups/{name}/restore")
    String restore(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String typed,
            @AuthenticationPrincipal Person person,
            RedirectAttributes redirect)
            throws IOException {
        Archive archive = archive(name);
        if (!typed.strip().equals(WORD)) {
            Toast.failed(redirect, "backups.typed-otherwise", WORD);
            redirect.addAttribute("name", archive.name());
            return "redirect:/volumes/backups/{name}/restore";
        }
        return ask(Verb.RESTORE, archive.name(), person, redirect);
    }

    @PostMapping("/backups/withdraw")
    String withdraw(@AuthenticationPrincipal Person person, RedirectAttributes redirect) throws IOException {
        requests.withdraw();
        LOG.atInfo().addKeyValue("caller", person.address()).log("a request for the backup agent was withdrawn");
        Toast.done(redirect, "backups.withdrawn");
        return HERE;
    }

    private String ask(Verb verb, String archive, Person person, RedirectAttributes redirect) throws IOException {
        if (requests.ask(verb, archive, person.address())) {
            LOG.atInfo()
                    .addKeyValue("caller", person.address())
                    .addKeyValue("archive", archive)
                    .log("the backup agent was asked: {}", verb.key());
            Toast.done(redirect, "backups.asked");
        } else {
            Toast.failed(redirect, "backups.busy");
        }
        return HERE;
    }
}
