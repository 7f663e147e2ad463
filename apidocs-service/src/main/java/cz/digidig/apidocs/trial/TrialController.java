package cz.digidig.apidocs.trial;

import cz.digidig.apidocs.document.ApiDocument;
import cz.digidig.apidocs.document.DocumentShelf;
import cz.digidig.apidocs.operation.Operations;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.signin.SignInProperties;
import cz.digidig.common.web.PageController;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.node.ObjectNode;

/** Swagger UI over one service's document, for who is signed in. */
@PageController
class TrialController {
    private final DocumentShelf shelf;
    private final Operations operations;
    private final SignInProperties signIn;

    TrialController(DocumentShelf shelf, Operations operations, SignInProperties signIn) {
        this.shelf = shelf;
        this.operations = operations;
        this.signIn = signIn;
    }

    /**
     * The page, opened at an operation where one is named. A parameter names it: signing in leads back to a URL without its
     * fragment.
     */
    @GetMapping("/try/{service}")
    String page(@PathVariable String service, @RequestParam(defaultValue = "") String operation, Model model) {
        document(service);
        model.addAttribute("service", service);
        model.addAttribute(
                "opened",
                operations
                        .find(service, operation)
                        .map(found -> "/" + found.tag() + "/" + found.id())
                        .orElse(null));
        model.addAttribute("scopes", signIn.scopes());
        model.addAttribute("trial", true);
        return "pages/try";
    }

    /** The service's document with this service as the server, which passes calls on with the person's token. */
    @GetMapping(path = "/try/{service}/document", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    String document(@PathVariable String service) {
        ApiDocument document = shelf.newest(service)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no document of this service"));
        ObjectNode content = (ObjectNode) document.content().deepCopy();
        content.putArray("servers").addObject().put("url", "/call/" + service);
        content.remove("security");
        content.path("paths")
                .forEach(item -> item.forEach(operation -> {
                    if (operation instanceof ObjectNode object) {
                        object.remove("security");
                    }
                }));
        return content.toString();
    }
}
