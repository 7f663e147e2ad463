package cz.digidig.apidocs.guide;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.web.PageController;
import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.util.HtmlUtils;

/** The guides, one page each. */
@PageController
class GuidesController {
    private static final String SILENT = "It does not answer just now.";

    private final Guides guides;
    private final MailServers servers;

    GuidesController(Guides guides, MailServers servers) {
        this.guides = guides;
        this.servers = servers;
    }

    @GetMapping("/guides")
    String list(Model model) {
        model.addAttribute("guides", guides.all());
        return "pages/guides";
    }

    @GetMapping("/guides/{name}")
    String guide(@PathVariable String name, Model model) {
        Guide guide = guides.find(name)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such guide"));
        model.addAttribute("guide", guide);
        model.addAttribute("html", live(guide.html()));
        model.addAttribute("next", guides.after(guide).orElse(null));
        return "pages/guide";
    }

    /** With what the mail servers say of themselves now, where the guide has {@code {{speaks:imap}}}. */
    private String live(String html) {
        String whole = html;
        for (String name : servers.names()) {
            String mark = "{{speaks:" + name + "}}";
            if (whole.contains(mark)) {
                List<String> lines = servers.capabilities(name);
                whole = whole.replace(mark, HtmlUtils.htmlEscape(lines.isEmpty() ? SILENT : String.join("\n", lines)));
            }
        }
        return whole;
    }
}
