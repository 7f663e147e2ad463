package cz.digidig.identity.account;

import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.domain.Domains;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.domain.Reaches;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which domains a domain administrator has (scope {@code admin}). */
@RestController
@RequestMapping("/api/accounts/{account}/domains")
@Tag(name = "Accounts", description = "Administration of accounts. Scope: admin, or domain-admin for its domains.")
class AccountDomainsController {
    private final Accounts accounts;
    private final Domains domains;
    private final Reaches reaches;
    private final Audit audit;

    AccountDomainsController(Accounts accounts, Domains domains, Reaches reaches, Audit audit) {
        this.accounts = accounts;
        this.domains = domains;
        this.reaches = reaches;
        this.audit = audit;
    }

    @GetMapping
    @Operation(
            operationId = "getAdministeredDomains",
            summary = "The domains that a domain administrator has",
            description = "Until one is given: that of its own address. Scope: admin.")
    DomainNames get(@PathVariable String account) {
        return new DomainNames(
                reaches.names(accounts.get(account, Reach.EVERYWHERE).id()));
    }

    @PutMapping
    @Transactional
    @Operation(
            operationId = "giveDomains",
            summary = "Give a domain administrator these domains",
            description = "Scope: admin.")
    public DomainNames put(@PathVariable String account, @Valid @RequestBody DomainNames request) {
        Account found = accounts.get(account, Reach.EVERYWHERE);
        List<String> ids =
                request.domains().stream().map(domains::idOf).distinct().toList();
        reaches.give(found.id(), ids);
        audit.record(
                AuditAction.ACCOUNT_CHANGED, found.email(), "", "administers " + String.join(" ", request.domains()));
        return new DomainNames(reaches.names(found.id()));
    }

    /** Names of domains. */
    record DomainNames(@NotNull @Size(max = 1000) List<@NotBlank @Size(max = 255) String> domains) {}
}
