package cz.digidig.identity.account;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.Caller;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.domain.Reaches;
import org.springframework.stereotype.Component;

/** Finds the account that a path names, for whoever may act on it. */
@Component
public class AccountReach {
    private final Accounts accounts;
    private final Reaches reaches;

    AccountReach(Accounts accounts, Reaches reaches) {
        this.accounts = accounts;
        this.reaches = reaches;
    }

    /**
     * The id of an account that the caller may change: the own one ({@code me}), or one within the own administration.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND} where it is out of reach, {@link ErrorCode#FORBIDDEN} where it
     *     administers itself and the caller only domains
     */
    public String require(Caller caller, String reference) {
        if (reference.equals(Caller.ME) || reference.equals(caller.accountId())) {
            return caller.accountId();
        }
        Reach reach = reaches.of(caller);
        Account account = accounts.get(reference, reach);
        Accounts.requireOrdinary(account.roles(), reach);
        return account.id();
    }
}
