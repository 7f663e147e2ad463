package cz.digidig.identity.account;

import java.util.List;

/**
 * An account to be made.
 *
 * @param email its address, in a domain served here
 * @param password the clear password; never logged; empty: none, its owner chooses one by an invitation
 * @param mustChangePassword whether the password is to be changed at the first sign-in with a browser
 * @param displayName the person's name; may be empty
 * @param roles at least one
 * @param quotaBytes the storage limit in octets; 0: none
 * @param replacesDeleted whether an account at this address that was deleted and can still be restored gives way
 */
public record NewAccount(
        String email,
        String password,
        boolean mustChangePassword,
        String displayName,
        List<Role> roles,
        long quotaBytes,
        boolean replacesDeleted) {
    public NewAccount(
            String email,
            String password,
            boolean mustChangePassword,
            String displayName,
            List<Role> roles,
            long quotaBytes) {
        this(email, password, mustChangePassword, displayName, roles, quotaBytes, true);
    }

    boolean invited() {
        return password.isEmpty();
    }

    @Override
    public String toString() {
        return "NewAccount[" + email + "]";
    }
}
