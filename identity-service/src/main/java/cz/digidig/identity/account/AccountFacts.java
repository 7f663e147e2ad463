package cz.digidig.identity.account;

import java.util.ArrayList;
import java.util.List;

/**
 * What others need to know of an account.
 *
 * @param id its id, a token's {@code sub}
 * @param email its address as it was given
 * @param addressKey the form by which its address is compared
 * @param displayName the person's name; may be empty
 * @param roles its roles
 * @param enabled false: no log-in and no mail
 * @param mustChangePassword whether the password is to be changed at the next sign-in with a browser
 * @param quotaBytes the storage limit in octets; 0: none
 */
public record AccountFacts(
        String id,
        String email,
        String addressKey,
        String displayName,
        List<Role> roles,
        boolean enabled,
        boolean mustChangePassword,
        long quotaBytes) {

    /** The domain of its address, in normal form. */
    public String domain() {
        return addressKey.substring(addressKey.lastIndexOf('@') + 1);
    }

    /**
     * The scopes of a token for this account. Who administers domains alone has a scope of another name than
     * administrators of the whole: what does not know it refuses it.
     */
    public List<String> scopes() {
        List<String> scopes = new ArrayList<>(List.of("mail.read", "mail.write", "mail.send", "account"));
        if (roles.contains(Role.ADMIN)) {
            scopes.add("admin");
        } else if (roles.contains(Role.DOMAIN_ADMIN)) {
            scopes.add("domain-admin");
        }
        return List.copyOf(scopes);
    }
}
