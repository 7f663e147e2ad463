package cz.digidig.identity.account;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.domain.Reaches;
import cz.digidig.identity.web.Cursor;
import cz.digidig.identity.web.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Administration of accounts (scope {@code admin}, or {@code domain-admin} within its domains). */
@RestController
@RequestMapping("/api/accounts")
@Tag(name = "Accounts", description = "Administration of accounts. Scope: admin, or domain-admin for its domains.")
class AccountController {
    private final Accounts accounts;
    private final Reaches reaches;

    AccountController(Accounts accounts, Reaches reaches) {
        this.accounts = accounts;
        this.reaches = reaches;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createAccount",
            summary = "Make an account in a domain served here",
            description =
                    "Without a password nobody can sign in until its owner chose one by an invitation. Without a quota"
                            + " it has what is usual in its domain.")
    ResponseEntity<AccountView> create(Caller caller, @Valid @RequestBody Creation request) {
        Reach reach = reaches.of(caller);
        String id = accounts.create(request.account(), reach);
        return ResponseEntity.created(URI.create("/api/accounts/" + id)).body(AccountView.of(accounts.get(id, reach)));
    }

    @GetMapping
    @Operation(operationId = "listAccounts", summary = "List accounts by address, page by page")
    Listing<AccountView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Cursor wanted = Cursor.of(q, cursor, limit);
        return wanted.page(accounts.page(wanted, reaches.of(caller)), Account::addressKey, AccountView::of);
    }

    @GetMapping("/{account}")
    @Operation(operationId = "getAccount", summary = "Show an account, by id or address")
    AccountView get(Caller caller, @PathVariable String account) {
        return AccountView.of(accounts.get(account, reaches.of(caller)));
    }

    @PatchMapping("/{account}")
    @Operation(
            operationId = "changeAccount",
            summary = "Change an account; what is left out stays",
            description =
                    "A new password, and disabling, end the account's sessions. A new password is to be changed at the "
                            + "next sign-in with a browser, unless mustChangePassword is false.")
    AccountView change(Caller caller, @PathVariable String account, @Valid @RequestBody Change request) {
        return AccountView.of(accounts.change(account, request.change(), reaches.of(caller)));
    }

    @DeleteMapping("/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteAccount",
            summary = "Delete an account",
            description =
                    "It is out of service at once. For the days of grace that the settings say it can be restored, and"
                            + " nobody gets its address. Then its mail is removed, too.")
    void delete(Caller caller, @PathVariable String account) {
        accounts.delete(account, reaches.of(caller));
    }

    @PostMapping("/taken")
    @Operation(
            operationId = "findTakenAddresses",
            summary = "Say which of many addresses are taken",
            description = "By accounts or aliases, as far as the caller administers them. For imports.")
    Taken taken(Caller caller, @Valid @RequestBody Asked request) {
        return new Taken(accounts.taken(request.addresses(), reaches.of(caller)));
    }

    /** The body of a question after addresses. */
    record Asked(@NotNull @Size(max = 5000) List<@NotNull @Size(max = 320) String> addresses) {}

    /**
     * Its answer.
     *
     * @param taken those of them that can't be had
     */
    record Taken(List<String> taken) {}

    /** The body of a creation. */
    @Schema(name = "NewAccount")
    record Creation(
            @NotBlank @Size(max = 320) String email,
            @Size(min = 8, max = 256) @Nullable String password,
            @Nullable Boolean mustChangePassword,
            @Size(max = 200) @Nullable String displayName,
            @Size(min = 1, max = 3) @Nullable List<@NotNull Role> roles,
            @PositiveOrZero @Nullable Long quota) {
        NewAccount account() {
            return new NewAccount(
                    email,
                    password == null ? "" : password,
                    password != null && (mustChangePassword == null || mustChangePassword),
                    displayName == null ? "" : displayName,
                    roles == null ? List.of(Role.USER) : roles,
                    quota);
        }

        @Override
        public String toString() {
            return "Creation[" + email + "]";
        }
    }

    /** The body of a change. */
    @Schema(name = "AccountChange")
    record Change(
            @Size(min = 8, max = 256) @Nullable String password,
            @Nullable Boolean mustChangePassword,
            @Size(max = 200) @Nullable String displayName,
            @Size(min = 1, max = 3) @Nullable List<@NotNull Role> roles,
            @Nullable Boolean enabled,
            @PositiveOrZero @Nullable Long quota) {
        AccountChange change() {
            return new AccountChange(password, mustChangePassword, displayName, roles, enabled, quota);
        }

        @Override
        public String toString() {
            return "Change[]";
        }
    }
}
