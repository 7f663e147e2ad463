package cz.digidig.identity.address;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives each local address to one owner. An address becomes free again when its alias is deleted, or when its account is
 * removed: while a deleted account can be restored, its address is taken.
 */
@Component
public class AddressRegister {
    private final JdbcClient jdbc;

    AddressRegister(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes an address for an account, in the transaction that makes the account. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void claimForAccount(String addressKey, String account) {
        claim("insert into address (address_key, account_id) values (?, ?)", addressKey, account);
    }

    /** Takes an address (or {@code @domain}) for an alias, in the transaction that makes the alias. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void claimForAlias(String addressKey, String alias) {
        claim("insert into address (address_key, alias_id) values (?, ?)", addressKey, alias);
    }

    private void claim(String statement, String addressKey, String owner) {
        int claimed = jdbc.sql(statement + " on conflict (address_key) do nothing")
                .param(addressKey)
                .param(owner)
                .update();
        if (claimed == 0) {
            throw taken(addressKey);
        }
    }

    /** How somebody is refused who wants an address that has an owner. */
    public ProblemException taken(String addressKey) {
        boolean deleted = jdbc.sql(
                        "select exists (select 1 from account where address_key = ? and deleted_at is not null)")
                .param(addressKey)
                .query(Boolean.class)
                .single();
        return new ProblemException(
                ErrorCode.EXISTS,
                deleted
                        ? "The address " + addressKey
                                + " belongs to a deleted account; it is free when that is removed for good"
                        : "The address " + addressKey + " exists already");
    }
}
