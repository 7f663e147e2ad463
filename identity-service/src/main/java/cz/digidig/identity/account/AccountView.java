package cz.digidig.identity.account;

import java.time.Instant;
import java.util.List;

/**
 * An account as it is shown.
 *
 * @param quota the storage limit in octets; 0: none
 */
record AccountView(
        String id,
        String email,
        String displayName,
        List<Role> roles,
        boolean enabled,
        boolean mustChangePassword,
        long quota,
        Instant createdAt) {
    static AccountView of(Account account) {
        return new AccountView(
                account.id(),
                account.email(),
                account.displayName(),
                account.roles(),
                account.enabled(),
                account.mustChangePassword(),
                account.quotaBytes(),
                account.createdAt());
    }
}
