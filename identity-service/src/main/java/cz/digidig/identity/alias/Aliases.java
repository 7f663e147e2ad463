package cz.digidig.identity.alias;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.identity.address.AddressRegister;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.domain.Domain;
import cz.digidig.identity.domain.Domains;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.web.Cursor;
import cz.digidig.identity.web.OpaqueId;
import cz.digidig.identity.web.Refusals;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The life of aliases. */
@Service
public class Aliases {
    private final AliasRepository aliases;
    private final AddressRegister addresses;
    private final Domains domains;
    private final Changes changes;
    private final Audit audit;
    private final Clock clock;

    Aliases(
            AliasRepository aliases,
            AddressRegister addresses,
            Domains domains,
            Changes changes,
            Audit audit,
            Clock clock) {
        this.aliases = aliases;
        this.addresses = addresses;
        this.domains = domains;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes an alias and returns its id.
     *
     * @throws ProblemException {@link ErrorCode#EXISTS} where the address is taken
     * @throws InvalidFields where an address is none or the domain is not served here
     */
    @Transactional
    public String create(String address, List<String> targets, boolean enabled, Reach reach) {
        AliasAddress of = AliasAddress.parse(address);
        AliasTargets leads = AliasTargets.parse(of, targets);
        Domain domain = domains.named(of.domain())
                .filter(found -> reach.covers(found.id()))
                .orElseThrow(() -> Refusals.field("address", "the domain " + of.domain() + " is not served here"));
        if (aliases.countByAddressKey(of.key()) > 0) {
            throw exists(of);
        }
        Alias alias = new Alias(OpaqueId.at(clock.millis()), of, domain.id(), leads, enabled, clock.instant());
        try {
            aliases.saveAndFlush(alias);
        } catch (DataIntegrityViolationException madeMeanwhile) {
            throw exists(of);
        }
        addresses.claimForAlias(of.key(), alias.id());
        changes.alias(alias.id());
        tell(AuditAction.ALIAS_CREATED, alias);
        return alias.id();
    }

    private static ProblemException exists(AliasAddress address) {
        return new ProblemException(ErrorCode.EXISTS, "The address " + address.key() + " exists already");
    }

    @Transactional(readOnly = true)
    List<Alias> page(Cursor cursor, Reach reach) {
        return aliases.page(
                cursor.after(), cursor.search(), reach.everywhere(), reach.listed(), Limit.of(cursor.fetch()));
    }

    /** An alias by its id or its address, where it is within reach. */
    @Transactional(readOnly = true)
    Alias get(String reference, Reach reach) {
        return find(reference, reach);
    }

    @Transactional
    Alias change(String reference, @Nullable List<String> targets, @Nullable Boolean enabled, Reach reach) {
        Alias alias = find(reference, reach);
        if (targets != null) {
            alias.lead(AliasTargets.parse(AliasAddress.parse(alias.address()), targets));
        }
        if (enabled != null) {
            alias.enable(enabled);
        }
        aliases.flush();
        changes.alias(alias.id());
        tell(AuditAction.ALIAS_CHANGED, alias);
        return alias;
    }

    @Transactional
    void delete(String reference, Reach reach) {
        Alias alias = find(reference, reach);
        aliases.delete(alias);
        aliases.flush();
        changes.alias(alias.id());
        tell(AuditAction.ALIAS_DELETED, alias);
    }

    private void tell(AuditAction action, Alias alias) {
        String domain = alias.addressKey().substring(alias.addressKey().lastIndexOf('@') + 1);
        audit.record(
                action,
                alias.address(),
                domain,
                (alias.enabled() ? "to " : "disabled, to ") + String.join(" ", alias.targets()));
    }

    private Alias find(String reference, Reach reach) {
        return aliases.findById(reference)
                .or(() -> aliases.findByAddressKey(key(reference)))
                .filter(found -> reach.covers(found.domain()))
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such alias"));
    }

    private static String key(String reference) {
        return reference.startsWith("@")
                ? "@" + EmailAddress.domain(reference.substring(1)).orElse("")
                : EmailAddress.parse(reference).map(EmailAddress::key).orElse("");
    }
}
