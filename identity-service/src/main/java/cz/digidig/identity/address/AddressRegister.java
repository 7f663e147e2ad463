package cz.digidig.identity.address;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives each local address to one owner. An address becomes free again when its account or alias is deleted. */
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
        try {
            jdbc.sql(statement).param(addressKey).param(owner).update();
        } catch (DuplicateKeyException taken) {
            throw new ProblemException(ErrorCode.EXISTS, "The address " + addressKey + " exists already");
        }
    }
}
