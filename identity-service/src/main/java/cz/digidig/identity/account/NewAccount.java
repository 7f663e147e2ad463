package cz.digidig.identity.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account to be made.
 *
 * @param email its address, in a domain served here
 * @param password the clear password; never logged; empty: none, its owner chooses one by an invitation
 * @param mustChangePassword whether the password is to be changed at the first sign-in with a browser
 * @param displayName the person's name; may be empty
 * @param roles at least one
 * @param quotaBytes the storage limit in octets, 0: none; null: what is usual in its domain
 */
public record NewAccount(
        String email,
        String password,
        boolean mustChangePassword,
        String displayName,
        List<Role> roles,
        @Nullable Long quotaBytes) {
    boolean invited() {
        return password.isEmpty();
    }

    @Override
    public String toString() {
        return "NewAccount[" + email + "]";
    }
}
