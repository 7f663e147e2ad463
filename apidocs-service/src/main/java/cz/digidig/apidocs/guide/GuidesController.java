package cz.digidig.apidocs.guide;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.web.PageController;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The guides, one page each. */
@PageController
class GuidesController {
    private final Guides guides;

    GuidesController(Guides guides) {
        this.guides = guides;
    }

    @GetMapping("/guides")
    String list(Model model) {
        model.addAttribute("guides", guides.all());
        return "pages/guides";
    }

    @GetMapping("/guides/{name}")
    String guide(@PathVariable String name, Model model) {
        model.addAttribute(
                "guide",
                guides.find(name)
                        .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such guide")));
        model.addAttribute("guides", guides.all());
        return "pages/guide";
    }
}
