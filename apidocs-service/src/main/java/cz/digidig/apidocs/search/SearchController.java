package cz.digidig.apidocs.search;

import cz.digidig.common.web.PageController;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the search box finds; the page's address holds the question. */
@PageController
class SearchController {
    private static final int LONGEST = 200;

    private final Finds finds;

    SearchController(Finds finds) {
        this.finds = finds;
    }

    @GetMapping("/search")
    String search(@RequestParam(defaultValue = "") String q, Model model) {
        String question = q.strip().substring(0, Math.min(LONGEST, q.strip().length()));
        model.addAttribute("q", question);
        model.addAttribute("finds", finds.of(question));
        return "pages/search";
    }
}
