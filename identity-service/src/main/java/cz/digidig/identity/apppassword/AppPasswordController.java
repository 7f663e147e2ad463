package cz.digidig.identity.apppassword;

import cz.digidig.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
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

/** A person's own app passwords (scope {@code account}). */
@RestController
@RequestMapping("/api/accounts/me/app-passwords")
@Tag(name = "Own account", description = "The account of the token. Scope: account.")
class AppPasswordController {
    private final AppPasswords passwords;

    AppPasswordController(AppPasswords passwords) {
        this.passwords = passwords;
    }

    @GetMapping
    @Operation(operationId = "listAppPasswords", summary = "List the own app passwords, with their last use")
    List<AppPassword> list(Caller caller) {
        return passwords.list(caller.accountId());
    }

    @PostMapping
    @Operation(
            operationId = "createAppPassword",
            summary = "Make an app password",
            description = "Good for SMTP and IMAP. The answer is the only one that shows it.")
    ResponseEntity<AppPasswords.Made> create(Caller caller, @Valid @RequestBody Creation request) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(passwords.create(caller.accountId(), request.name().strip()));
    }

    @DeleteMapping("/{password}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "revokeAppPassword", summary = "Revoke an app password")
    void revoke(Caller caller, @PathVariable String password) {
        passwords.revoke(caller.accountId(), password);
    }

    /** The body of a creation. */
    record Creation(@NotBlank @Size(max = 100) String name) {}
}
