package cz.digidig.identity.factor;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.Caller;
import cz.digidig.identity.account.AccountReach;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Helps somebody who lost the second factor (scope {@code admin}, or {@code domain-admin} within its domains). */
@RestController
@RequestMapping("/api/accounts/{account}/second-factor")
@Tag(name = "Accounts", description = "Administration of accounts. Scope: admin, or domain-admin for its domains.")
class LostFactorController {
    private final SecondFactors factors;
    private final AccountReach reach;

    LostFactorController(SecondFactors factors, AccountReach reach) {
        this.factors = factors;
        this.reach = reach;
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeSecondFactor",
            summary = "Take away the second factor of somebody who lost it",
            description = "Not one's own: that takes a code.")
    void remove(Caller caller, @PathVariable String account) {
        String id = reach.require(caller, account);
        if (id.equals(caller.accountId())) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "The own second factor is turned off by a code");
        }
        factors.removeBy(caller.accountId(), id);
    }
}
