package cz.digidig.apidocs.reference;

import cz.digidig.apidocs.document.ApiDocument;
import cz.digidig.apidocs.document.ApidocsProperties;
import cz.digidig.apidocs.document.DocumentShelf;
import cz.digidig.apidocs.operation.Operation;
import cz.digidig.apidocs.operation.Operations;
import cz.digidig.apidocs.sample.Language;
import cz.digidig.apidocs.sample.Samples;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.web.PageController;
import java.util.Arrays;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The reference: services, their operations, one operation. */
@PageController
class ReferenceController {
    private final DocumentShelf shelf;
    private final Operations operations;
    private final ApidocsProperties properties;

    ReferenceController(DocumentShelf shelf, Operations operations, ApidocsProperties properties) {
        this.shelf = shelf;
        this.operations = operations;
        this.properties = properties;
    }

    @GetMapping("/reference")
    String services(Model model) {
        model.addAttribute("documents", shelf.newest());
        return "pages/reference";
    }

    @GetMapping("/reference/{service}")
    String service(@PathVariable String service, Model model) {
        ApiDocument document = shelf.newest(service).orElseThrow(ReferenceController::missing);
        model.addAttribute("document", document);
        model.addAttribute("url", properties.publicUrl(service));
        model.addAttribute("tags", operations.byTag(service));
        model.addAttribute("texts", operations.tagTexts(document));
        return "pages/service";
    }

    @GetMapping("/reference/{service}/{id}")
    String operation(
            @PathVariable String service,
            @PathVariable String id,
            @RequestParam(defaultValue = "curl") String language,
            Model model) {
        Operation operation = operations.find(service, id).orElseThrow(ReferenceController::missing);
        Language chosen = Arrays.stream(Language.values())
                .filter(one -> one.key().equals(language))
                .findFirst()
                .orElse(Language.CURL);
        model.addAttribute("operation", operation);
        model.addAttribute("descriptions", new Descriptions());
        model.addAttribute("language", chosen);
        model.addAttribute("languages", Language.values());
        model.addAttribute("sample", Samples.of(operation, properties.publicUrl(service), chosen));
        return "pages/operation";
    }

    private static ProblemException missing() {
        return new ProblemException(ErrorCode.NOT_FOUND, "there is no such operation");
    }
}
