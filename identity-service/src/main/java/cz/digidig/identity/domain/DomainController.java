package cz.digidig.identity.domain;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.web.Cursor;
import cz.digidig.identity.web.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Administration of domains (scope {@code admin}); domain administrators see theirs. */
@RestController
@RequestMapping("/api/domains")
@Tag(name = "Domains", description = "The mail domains served here. Scope: admin; domain-admin sees its own.")
class DomainController {
    private final Domains domains;
    private final Reaches reaches;

    DomainController(Domains domains, Reaches reaches) {
        this.domains = domains;
        this.reaches = reaches;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createDomain", summary = "Add a domain")
    ResponseEntity<DomainView> create(@Valid @RequestBody NewDomain request) {
        Domain made = domains.create(request.name());
        return ResponseEntity.created(URI.create("/api/domains/" + made.id())).body(DomainView.of(made));
    }

    @GetMapping
    @Operation(operationId = "listDomains", summary = "List domains by name, page by page")
    Listing<DomainView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Cursor wanted = Cursor.of(q, cursor, limit);
        return wanted.page(domains.page(wanted, reaches.of(caller)), Domain::name, DomainView::of);
    }

    @GetMapping("/{domain}")
    @Operation(operationId = "getDomain", summary = "Show a domain, by id or name")
    DomainView get(Caller caller, @PathVariable String domain) {
        return DomainView.of(domains.get(domain, reaches.of(caller)));
    }

    @DeleteMapping("/{domain}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteDomain", summary = "Remove a domain that has no accounts and no aliases")
    void delete(@PathVariable String domain) {
        domains.delete(domain);
    }

    /** The body of a creation. */
    record NewDomain(@NotBlank @Size(max = 255) String name) {}

    /** A domain as it is shown. */
    record DomainView(String id, String name, Instant createdAt) {
        static DomainView of(Domain domain) {
            return new DomainView(domain.id(), domain.name(), domain.createdAt());
        }
    }
}
