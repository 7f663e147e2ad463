package cz.digidig.identity.domain;

import cz.digidig.common.rest.InvalidFields;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.web.Refusals;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Holds domains to their limits. Whoever adds to a domain locks its row first, so that two who do it at once never exceed a
 * limit together. What a domain had before a limit was set stays.
 */
@Component
public class Allotments {
    private static final long MEGA = 1024L * 1024;
    private static final String LIMITS =
            "select max_accounts, default_quota, max_quota, total_quota, daily_messages from domain where id = ?";

    private final JdbcClient jdbc;
    private final Changes changes;
    private final Audit audit;

    Allotments(JdbcClient jdbc, Changes changes, Audit audit) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.audit = audit;
    }

    /** A domain's limits, by its id. */
    DomainLimits of(String domain) {
        return read(LIMITS, domain);
    }

    private DomainLimits read(String statement, String domain) {
        return jdbc.sql(statement)
                .param(domain)
                .query(Allotments::limits)
                .optional()
                .orElse(DomainLimits.NONE);
    }

    private static DomainLimits limits(ResultSet row, int number) throws SQLException {
        return new DomainLimits(
                row.getInt("max_accounts"),
                row.getLong("default_quota"),
                row.getLong("max_quota"),
                row.getLong("total_quota"),
                row.getInt("daily_messages"));
    }

    /** What a domain has, by its id. */
    DomainUse use(String domain) {
        return jdbc.sql("""
            select count(*) as accounts, least(coalesce(sum(quota_bytes), 0), 9223372036854775807) as quota,
              count(*) filter (where quota_bytes = 0) as unlimited
            from account where domain_id = ?
            """)
                .param(domain)
                .query((row, number) ->
                        new DomainUse(row.getLong("accounts"), row.getLong("quota"), row.getLong("unlimited")))
                .single();
    }

    /**
     * How many messages the accounts of a domain may send in 24 hours; 0: any number.
     *
     * @param name the domain's name in normal form
     */
    public int dailyMessages(String name) {
        return jdbc.sql("select daily_messages from domain where name = ?")
                .param(name)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** Sets a domain's limits. */
    @Transactional
    void limit(Domain domain, DomainLimits limits) {
        limits.require();
        jdbc.sql("""
            update domain set max_accounts = ?, default_quota = ?, max_quota = ?, total_quota = ?, daily_messages = ?
            where id = ?
            """)
                .params(
                        limits.maxAccounts(),
                        limits.defaultQuota(),
                        limits.maxQuota(),
                        limits.totalQuota(),
                        limits.dailyMessages(),
                        domain.id())
                .update();
        changes.domain(domain.id());
        audit.record(AuditAction.DOMAIN_CHANGED, domain.name(), domain.name(), limits.told());
    }

    /**
     * Makes room for one more account, in the transaction that makes it, and returns its storage limit.
     *
     * @param domain its domain's id
     * @param wanted the storage limit in octets, 0: none; null: the domain's usual one
     * @throws InvalidFields where the domain's limits don't allow it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long admit(String domain, @Nullable Long wanted) {
        DomainLimits limits = locked(domain);
        DomainUse use = use(domain);
        if (limits.maxAccounts() > 0 && use.accounts() >= limits.maxAccounts()) {
            throw Refusals.field(
                    "email",
                    "the domain has the " + limits.maxAccounts()
                            + " accounts that it may have; deleted ones that can be restored count");
        }
        long quota = wanted == null ? limits.usual() : wanted;
        allow(limits, use, 0, quota);
        return quota;
    }

    /**
     * Looks whether an account's storage limit may be changed, in the transaction that does it.
     *
     * @param domain its domain's id
     * @param before the limit so far, in octets
     * @param wanted the new one; 0: none
     * @throws InvalidFields where the domain's limits don't allow it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void reallot(String domain, long before, long wanted) {
        if (before != wanted) {
            allow(locked(domain), use(domain), before, wanted);
        }
    }

    /** Not as strong as a lock against deletion: accounts refer to the row while they are made. */
    private DomainLimits locked(String domain) {
        return read(LIMITS + " for no key update", domain);
    }

    private static void allow(DomainLimits limits, DomainUse use, long before, long wanted) {
        if (wanted == 0 && (limits.maxQuota() > 0 || limits.totalQuota() > 0)) {
            throw Refusals.field("quota", "accounts of the domain must have a storage limit");
        }
        if (limits.maxQuota() > 0 && wanted > limits.maxQuota()) {
            throw Refusals.field("quota", "must be at most " + amount(limits.maxQuota()) + " in the domain");
        }
        boolean more = before == 0 || wanted > before;
        long left = limits.totalQuota() - (use.quota() - before);
        if (limits.totalQuota() > 0 && more && wanted > left) {
            throw Refusals.field(
                    "quota",
                    "must be at most " + amount(Math.max(0, left)) + ": that is left of the domain's "
                            + amount(limits.totalQuota()));
        }
    }

    private static String amount(long octets) {
        return octets % MEGA == 0 ? octets / MEGA + " MB" : octets + " octets";
    }
}
