package cz.digidig.apidocs.document;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.AccessRules;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The documents for programs; open to everybody, as each service's own is. */
@RestController
@RequestMapping("/api/documents")
@SecurityRequirements
@Tag(name = "Documents", description = "OpenAPI documents of the suite and its services. Open: no token is needed.")
class DocumentsController {
    private static final String SUITE = "suite";
    private static final String YAML = "application/yaml";

    private final ApidocsProperties properties;
    private final DocumentShelf shelf;
    private final Collector collector;
    private final SuiteDocument suite;
    private final YAMLMapper yaml = new YAMLMapper();

    /**
     * A service's newest document.
     *
     * @param service its short name
     * @param release the release that it describes
     * @param firstSeen since when the service gives out this version
     * @param lastSeen when it last did
     * @param answering whether it did at the last look
     * @param url where programs reach the service
     */
    record Entry(String service, String release, Instant firstSeen, Instant lastSeen, boolean answering, String url) {}

    DocumentsController(ApidocsProperties properties, DocumentShelf shelf, Collector collector, SuiteDocument suite) {
        this.properties = properties;
        this.shelf = shelf;
        this.collector = collector;
        this.suite = suite;
    }

    @Bean
    static AccessRules openDocuments() {
        return rules ->
                rules.requestMatchers("/api/documents", "/api/documents/**").permitAll();
    }

    @GetMapping
    @Operation(operationId = "listDocuments", summary = "The newest document of each service, and how fresh it is")
    List<Entry> list() {
        return shelf.newest().stream()
                .map(document -> new Entry(
                        document.service(),
                        document.release(),
                        document.firstSeen(),
                        document.lastSeen(),
                        collector.answers(document.service()),
                        properties.publicUrl(document.service())))
                .toList();
    }

    @GetMapping(path = "/{service}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getDocument", summary = "A service's newest OpenAPI document; suite: all in one")
    JsonNode json(@Parameter(example = "suite") @PathVariable String service) {
        if (service.equals(SUITE)) {
            return suite.current();
        }
        return shelf.newest(service)
                .map(ApiDocument::content)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no document of this service"));
    }

    @GetMapping(path = "/{service}/yaml", produces = YAML)
    @Operation(operationId = "getDocumentAsYaml", summary = "The same as YAML")
    String yaml(@Parameter(example = "suite") @PathVariable String service) {
        return yaml.writeValueAsString(json(service));
    }
}
