package cz.digidig.storage.mailbox;

import cz.digidig.common.api.storage.AccountApi;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@link AccountApi}. */
@RestController
@RequestMapping("/api/internal/accounts")
@Tag(name = "Accounts", description = "Accounts as a whole. Scope: internal.")
class AccountController implements AccountApi {
    private final Mailboxes mailboxes;

    AccountController(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    @DeleteMapping("/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeMailOfAccount", summary = "Removes all mail of an account that is gone, for good")
    public void remove(@PathVariable String account) {
        mailboxes.remove(account);
    }
}
