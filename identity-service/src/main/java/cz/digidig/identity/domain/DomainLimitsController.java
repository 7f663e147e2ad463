package cz.digidig.identity.domain;

import cz.digidig.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Limits of domains: set by administrators, seen by domain administrators too. */
@RestController
@RequestMapping("/api/domains/{domain}/limits")
@Tag(name = "Domains", description = "The mail domains served here. Scope: admin; domain-admin sees its own.")
class DomainLimitsController {
    private final Domains domains;
    private final Allotments allotments;
    private final Reaches reaches;

    DomainLimitsController(Domains domains, Allotments allotments, Reaches reaches) {
        this.domains = domains;
        this.allotments = allotments;
        this.reaches = reaches;
    }

    @GetMapping
    @Operation(operationId = "getDomainLimits", summary = "Show a domain's limits, and what it has")
    LimitsView get(Caller caller, @PathVariable String domain) {
        return view(domains.get(domain, reaches.of(caller)));
    }

    @PutMapping
    @Operation(
            operationId = "setDomainLimits",
            summary = "Set a domain's limits; what is left out has none",
            description = "What the domain has already stays. Scope: admin.")
    LimitsView set(Caller caller, @PathVariable String domain, @Valid @RequestBody Limits request) {
        Domain found = domains.get(domain, reaches.of(caller));
        allotments.limit(found, request.limits());
        return view(found);
    }

    private LimitsView view(Domain domain) {
        DomainLimits limits = allotments.of(domain.id());
        return new LimitsView(
                limits.maxAccounts(),
                limits.defaultQuota(),
                limits.maxQuota(),
                limits.totalQuota(),
                limits.dailyMessages(),
                allotments.use(domain.id()));
    }

    /**
     * The body of a change. 0, or left out: no limit.
     *
     * @param maxAccounts how many accounts, deleted ones that can be restored among them
     * @param defaultQuota the quota of an account that is made without one, in octets; 0: maxQuota
     * @param maxQuota the largest quota of one account, in octets
     * @param totalQuota the largest sum of all accounts' quotas, in octets
     * @param dailyMessages how many messages all accounts together may send in 24 hours
     */
    @Schema(name = "NewDomainLimits")
    record Limits(
            @PositiveOrZero @Nullable Integer maxAccounts,
            @PositiveOrZero @Nullable Long defaultQuota,
            @PositiveOrZero @Nullable Long maxQuota,
            @PositiveOrZero @Nullable Long totalQuota,
            @PositiveOrZero @Nullable Integer dailyMessages) {
        DomainLimits limits() {
            return new DomainLimits(
                    maxAccounts == null ? 0 : maxAccounts,
                    defaultQuota == null ? 0 : defaultQuota,
                    maxQuota == null ? 0 : maxQuota,
                    totalQuota == null ? 0 : totalQuota,
                    dailyMessages == null ? 0 : dailyMessages);
        }
    }

    /**
     * Limits as they are shown. 0: none.
     *
     * @param maxAccounts how many accounts, deleted ones that can be restored among them
     * @param defaultQuota the quota of an account that is made without one, in octets; 0: maxQuota
     * @param maxQuota the largest quota of one account, in octets
     * @param totalQuota the largest sum of all accounts' quotas, in octets
     * @param dailyMessages how many messages all accounts together may send in 24 hours
     * @param use what the domain has
     */
    @Schema(name = "DomainLimits")
    record LimitsView(
            int maxAccounts, long defaultQuota, long maxQuota, long totalQuota, int dailyMessages, DomainUse use) {}
}
