package cz.digidig.identity.account;

import java.util.List;

/**
 * What others need to know of an account.
 *
 * @param id its id, a token's {@code sub}
 * @param email its address as it was given
 * @param addressKey the form by which its address is compared
 * @param roles its roles
 * @param enabled false: no log-in and no mail
 * @param quotaBytes the storage limit in octets; 0: none
 */
public record AccountFacts(
        String id, String email, String addressKey, List<Role> roles, boolean enabled, long quotaBytes) {

    /** The scopes of a token for this account. */
    public List<String> scopes() {
        List<String> own = List.of("mail.read", "mail.write", "mail.send", "account");
        return roles.contains(Role.ADMIN)
                ? java.util.stream.Stream.concat(own.stream(), java.util.stream.Stream.of("admin"))
                        .toList()
                : own;
    }
}
