package cz.digidig.identity.apikey;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.Caller;
import cz.digidig.identity.account.AccountReach;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
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

/** Keys for programs: {@code me} by scope {@code account}; administrators list and revoke those of others. */
@RestController
@RequestMapping("/api/accounts/{account}/api-keys")
@Tag(name = "API keys", description = "For programs. Scope: account for me; administrators list and revoke.")
class ApiKeyController {
    private final ApiKeys keys;
    private final AccountReach reach;

    ApiKeyController(ApiKeys keys, AccountReach reach) {
        this.keys = keys;
        this.reach = reach;
    }

    @GetMapping
    @Operation(operationId = "listApiKeys", summary = "List keys, with their last use")
    List<ApiKey> list(Caller caller, @PathVariable String account) {
        return keys.list(reach.require(caller, account));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createApiKey",
            summary = "Make a key",
            description = "With scopes of one's own at most. The answer is the only one that shows it.")
    ResponseEntity<ApiKeys.Made> create(
            Caller caller, @PathVariable String account, @Valid @RequestBody Creation request) {
        if (!account.equals(Caller.ME)) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "Keys are made by their owner");
        }
        if (!caller.scopes().containsAll(request.scopes())) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "The access token itself has fewer scopes");
        }
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(keys.create(caller.accountId(), request.name().strip(), request.scopes(), request.expiresAt()));
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke a key",
            description = "Access tokens that it was exchanged for run out by themselves within minutes.")
    void revoke(Caller caller, @PathVariable String account, @PathVariable String key) {
        keys.revoke(reach.require(caller, account), key);
    }

    /** The body of a creation. */
    @Schema(name = "NewApiKey")
    record Creation(
            @NotBlank @Size(max = 100) String name,
            @NotEmpty @Size(max = 10) List<@NotBlank @Size(max = 50) String> scopes,
            @NotNull Instant expiresAt) {}
}
