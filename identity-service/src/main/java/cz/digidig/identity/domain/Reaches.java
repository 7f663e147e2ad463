package cz.digidig.identity.domain;

import cz.digidig.common.security.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Knows how far each administrator reaches. A domain administrator has the domains that were given to it; until there is one,
 * that of its own address.
 */
@Component
public class Reaches {
    private static final String DOMAINS = """
            select domain_id from domain_admin where account_id = :account
            union
            select domain_id from account
            where id = :account and 'domain-admin' = any (roles)
              and not exists (select 1 from domain_admin where account_id = :account)
            """;

    private final JdbcClient jdbc;

    Reaches(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How far whoever sent a request reaches. */
    public Reach of(Caller caller) {
        if (caller.hasScope("admin")) {
            return Reach.EVERYWHERE;
        }
        return caller.hasScope("domain-admin")
                ? new Reach(false, Set.copyOf(domains(caller.accountId())))
                : new Reach(false, Set.of());
    }

    private List<String> domains(String account) {
        return jdbc.sql(DOMAINS).param("account", account).query(String.class).list();
    }

    /** The names of the domains within a reach that is not the whole, in order. */
    public List<String> names(Reach reach) {
        return jdbc.sql("select name from domain where id = any (?::text[]) order by name")
                .param(reach.domains().toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** What a domain administrator has. */
    public List<String> names(String account) {
        return names(new Reach(false, Set.copyOf(domains(account))));
    }

    /** Gives a domain administrator these domains, by their ids, in place of what it had. */
    @Transactional
    public void give(String account, Collection<String> domains) {
        jdbc.sql("delete from domain_admin where account_id = ?").param(account).update();
        domains.forEach(domain -> jdbc.sql("insert into domain_admin (account_id, domain_id) values (?, ?)")
                .params(account, domain)
                .update());
    }
}
