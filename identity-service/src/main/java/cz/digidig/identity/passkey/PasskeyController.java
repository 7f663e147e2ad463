package cz.digidig.identity.passkey;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.account.AccountReach;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Passkeys: {@code me} by scope {@code account}; administrators list and remove those of others. Browsers enrol them. */
@RestController
@RequestMapping("/api/accounts/{account}/passkeys")
@Tag(name = "Passkeys", description = "For signing in. Scope: account for me; administrators list and remove.")
class PasskeyController {
    private final Passkeys passkeys;
    private final AccountReach reach;

    PasskeyController(Passkeys passkeys, AccountReach reach) {
        this.passkeys = passkeys;
        this.reach = reach;
    }

    @GetMapping
    @Operation(operationId = "listPasskeys", summary = "List passkeys, with their last use")
    List<Passkey> list(Caller caller, @PathVariable String account) {
        return passkeys.list(reach.require(caller, account));
    }

    @DeleteMapping("/{passkey}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removePasskey", summary = "Remove a passkey, e.g. of a device that was lost")
    void remove(Caller caller, @PathVariable String account, @PathVariable String passkey) {
        passkeys.remove(reach.require(caller, account), passkey);
    }
}
