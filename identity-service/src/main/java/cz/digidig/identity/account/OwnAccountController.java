package cz.digidig.identity.account;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.domain.Reach;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a person sees and changes of the own account (scope {@code account}). */
@RestController
@RequestMapping("/api/accounts/me")
@Tag(name = "Own account", description = "The account of the token. Scope: account.")
class OwnAccountController {
    private final Accounts accounts;

    OwnAccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    @Operation(operationId = "getOwnAccount", summary = "Show the own account")
    AccountView get(Caller caller) {
        return AccountView.of(accounts.get(caller.accountId(), Reach.EVERYWHERE));
    }

    @PatchMapping
    @Operation(
            operationId = "changeOwnAccount",
            summary = "Change the own name or password",
            description = "A new password needs the current one, and ends all sessions.")
    AccountView change(Caller caller, @Valid @RequestBody OwnChange request) {
        AccountChange wanted = new AccountChange(request.password(), false, request.displayName(), null, null, null);
        String current = request.currentPassword() == null ? "" : request.currentPassword();
        return AccountView.of(accounts.changeOwn(caller.accountId(), wanted, current));
    }

    /** The body of a change. */
    record OwnChange(
            @Size(min = 8, max = 256) @Nullable String password,
            @Size(max = 256) @Nullable String currentPassword,
            @Size(max = 200) @Nullable String displayName) {
        @Override
        public String toString() {
            return "OwnChange[]";
        }
    }
}
