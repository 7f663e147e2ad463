package cz.digidig.identity.account;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.domain.Reaches;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Administration of deleted accounts (scope {@code admin}, or {@code domain-admin} within its domains). */
@RestController
@RequestMapping("/api/accounts/deleted")
@Tag(name = "Accounts", description = "Administration of accounts. Scope: admin, or domain-admin for its domains.")
class DeletedAccountController {
    private final DeletedAccounts deleted;
    private final Reaches reaches;

    DeletedAccountController(DeletedAccounts deleted, Reaches reaches) {
        this.deleted = deleted;
        this.reaches = reaches;
    }

    @GetMapping
    @Operation(
            operationId = "listDeletedAccounts",
            summary = "List the accounts that can be restored, the last deleted first")
    List<AccountView> list(Caller caller) {
        return deleted.list(reaches.of(caller)).stream().map(AccountView::of).toList();
    }

    @PostMapping("/{account}/restore")
    @Operation(operationId = "restoreAccount", summary = "Put a deleted account back as it was, by its id")
    AccountView restore(Caller caller, @PathVariable String account) {
        return AccountView.of(deleted.restore(account, reaches.of(caller)));
    }

    @DeleteMapping("/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeAccount", summary = "Remove a deleted account for good, by its id")
    void remove(Caller caller, @PathVariable String account) {
        deleted.remove(account, reaches.of(caller));
    }
}
