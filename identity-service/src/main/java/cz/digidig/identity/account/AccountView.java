package cz.digidig.identity.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is shown.
 *
 * @param quota the storage limit in octets; 0: none
 * @param deletedAt when it was deleted; left out: it was not
 */
record AccountView(
        String id,
        String email,
        String displayName,
        List<Role> roles,
        boolean enabled,
        boolean mustChangePassword,
        long quota,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant deletedAt) {
    static AccountView of(Account account) {
        return new AccountView(
                account.id(),
                account.email(),
                account.displayName(),
                account.roles(),
                account.enabled(),
                account.mustChangePassword(),
                account.quotaBytes(),
                account.createdAt(),
                account.deletedAt());
    }
}
