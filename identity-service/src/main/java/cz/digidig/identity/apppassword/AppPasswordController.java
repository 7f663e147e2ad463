package cz.digidig.identity.apppassword;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.Caller;
import cz.digidig.identity.account.AccountReach;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** App passwords: {@code me} by scope {@code account}; administrators list and revoke those of others. */
@RestController
@RequestMapping("/api/accounts/{account}/app-passwords")
@Tag(name = "App passwords", description = "For mail programs. Scope: account for me; administrators list and revoke.")
class AppPasswordController {
    private final AppPasswords passwords;
    private final AccountReach reach;

    AppPasswordController(AppPasswords passwords, AccountReach reach) {
        this.reach = reach;
        this.passwords = passwords;
    }

    @GetMapping
    @Operation(operationId = "listAppPasswords", summary = "List app passwords, with their last use")
    List<AppPassword> list(Caller caller, @PathVariable String account) {
        return passwords.list(reach.require(caller, account));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createAppPassword",
            summary = "Make an app password",
            description = "Good for SMTP and IMAP. The answer is the only one that shows it.")
    ResponseEntity<AppPasswords.Made> create(
            Caller caller, @PathVariable String account, @Valid @RequestBody Creation request) {
        if (!account.equals(Caller.ME)) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "App passwords are made by their owner");
        }
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(passwords.create(caller.accountId(), request.name().strip()));
    }

    @DeleteMapping("/{password}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "revokeAppPassword", summary = "Revoke an app password")
    void revoke(Caller caller, @PathVariable String account, @PathVariable String password) {
        passwords.revoke(reach.require(caller, account), password);
    }

    /** The body of a creation. */
    @Schema(name = "NewAppPassword")
    record Creation(@NotBlank @Size(max = 100) String name) {}
}
