package cz.digidig.admin.logs;

import cz.digidig.admin.configuration.AdminSettings;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.web.PageController;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The logs: the newest lines, and those that a search finds; the page's address holds the search. */
@PageController
class LogsController {
    private final LogFiles files;
    private final ConfigurationStore<AdminSettings> settings;

    LogsController(LogFiles files, ConfigurationStore<AdminSettings> settings) {
        this.files = files;
        this.settings = settings;
    }

    @GetMapping("/logs")
    String logs(
            @RequestParam(defaultValue = "") String service,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String trace,
            @RequestParam(defaultValue = "false") boolean follow,
            @ModelAttribute("whole") boolean whole,
            Model model) {
        if (!whole) {
            throw new AccessDeniedException("logs are for administrators of the whole suite");
        }
        LogSearch search = new LogSearch(service, level, q.strip(), trace.strip());
        List<LogLine> lines = files.search(search, settings.current().logLines());
        model.addAttribute("search", search);
        model.addAttribute("names", files.services());
        model.addAttribute("levels", LogSearch.LEVELS);
        model.addAttribute("lines", lines);
        model.addAttribute("most", settings.current().logLines());
        model.addAttribute("follow", follow);
        return "pages/logs";
    }
}
