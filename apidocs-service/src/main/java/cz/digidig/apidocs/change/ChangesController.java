package cz.digidig.apidocs.change;

import cz.digidig.apidocs.document.ApiDocument;
import cz.digidig.apidocs.document.DocumentShelf;
import cz.digidig.common.web.PageController;
import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The versions of the documents that were seen, and what each changed. */
@PageController
class ChangesController {
    private final DocumentShelf shelf;
    private final Differences differences;

    ChangesController(DocumentShelf shelf, Differences differences) {
        this.shelf = shelf;
        this.differences = differences;
    }

    @GetMapping("/changes")
    String changes(@RequestParam(defaultValue = "") String service, Model model) {
        List<ApiDocument> documents = shelf.newest();
        String chosen = documents.stream()
                .map(ApiDocument::service)
                .filter(service::equals)
                .findFirst()
                .orElseGet(() ->
                        documents.stream().map(ApiDocument::service).findFirst().orElse(""));
        List<ApiDocument> versions = shelf.versions(chosen);
        model.addAttribute("documents", documents);
        model.addAttribute("service", chosen);
        model.addAttribute("differences", differences.of(chosen));
        model.addAttribute("first", versions.isEmpty() ? null : versions.getLast());
        return "pages/changes";
    }
}
