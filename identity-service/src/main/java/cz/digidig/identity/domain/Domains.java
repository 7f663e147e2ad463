package cz.digidig.identity.domain;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.web.Cursor;
import cz.digidig.identity.web.OpaqueId;
import cz.digidig.identity.web.Refusals;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The domains served here: made, listed, removed. */
@Service
public class Domains {
    private final DomainRepository domains;
    private final Changes changes;
    private final Audit audit;
    private final Clock clock;

    Domains(DomainRepository domains, Changes changes, Audit audit, Clock clock) {
        this.domains = domains;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Adds a domain.
     *
     * @throws ProblemException {@link ErrorCode#EXISTS} where it is there already
     */
    @Transactional
    public Domain create(String name) {
        String normal = EmailAddress.domain(name).orElseThrow(() -> Refusals.field("name", "not a domain"));
        if (domains.findByName(normal).isPresent()) {
            throw exists(normal);
        }
        try {
            Domain made = domains.saveAndFlush(new Domain(OpaqueId.at(clock.millis()), normal, clock.instant()));
            changes.domain(made.id());
            audit.record(AuditAction.DOMAIN_CREATED, normal, normal, "");
            return made;
        } catch (DataIntegrityViolationException madeMeanwhile) {
            throw exists(normal);
        }
    }

    private static ProblemException exists(String name) {
        return new ProblemException(ErrorCode.EXISTS, "The domain " + name + " exists already");
    }

    /** The domain of an address, where it is served here. */
    @Transactional(readOnly = true)
    public Optional<Domain> named(String name) {
        return domains.findByName(name);
    }

    @Transactional(readOnly = true)
    List<Domain> page(Cursor cursor, Reach reach) {
        return domains.page(
                cursor.after(), cursor.search(), reach.everywhere(), reach.listed(), Limit.of(cursor.fetch()));
    }

    /** A domain by its id or its name, where it is within reach. */
    @Transactional(readOnly = true)
    Domain get(String reference, Reach reach) {
        Domain domain = find(reference);
        if (!reach.covers(domain.id())) {
            throw missing();
        }
        return domain;
    }

    /** The id of a domain by its id or its name. */
    @Transactional(readOnly = true)
    public String idOf(String reference) {
        return find(reference).id();
    }

    @Transactional
    void delete(String reference) {
        Domain domain = find(reference);
        if (domains.inUse(domain.id())) {
            throw inUse();
        }
        try {
            domains.delete(domain);
            domains.flush();
        } catch (DataIntegrityViolationException usedMeanwhile) {
            throw inUse();
        }
        changes.domain(domain.id());
        audit.record(AuditAction.DOMAIN_DELETED, domain.name(), domain.name(), "");
    }

    private static ProblemException inUse() {
        return new ProblemException(ErrorCode.CONFLICT, "The domain still has accounts or aliases");
    }

    private Domain find(String reference) {
        return domains.findById(reference)
                .or(() -> EmailAddress.domain(reference).flatMap(domains::findByName))
                .orElseThrow(Domains::missing);
    }

    private static ProblemException missing() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such domain");
    }
}
