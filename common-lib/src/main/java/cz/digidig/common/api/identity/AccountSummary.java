package cz.digidig.common.api.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other services need to know of an account.
 *
 * @param id the account's id, a token's {@code sub}
 * @param email its primary address
 * @param senders every address that it may send as, the primary one first; sub-addresses ({@code user+tag}) of each are
 *     allowed too
 * @param roles {@code user}, {@code domain-admin}, {@code admin}
 * @param quotaBytes the storage limit in octets; 0: none
 * @param enabled false: no log-in and no mail
 * @param domainMessages how many messages all accounts of its domain together may send in 24 hours; 0: any number; null:
 *     the same, said by an identity-service of a release before
 */
public record AccountSummary(
        String id,
        String email,
        List<String> senders,
        List<String> roles,
        long quotaBytes,
        boolean enabled,
        @Nullable Integer domainMessages) {}
