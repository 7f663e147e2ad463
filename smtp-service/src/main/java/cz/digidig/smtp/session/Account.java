package cz.digidig.smtp.session;

import cz.digidig.common.mail.EmailAddress;
import java.util.Set;

/**
 * Who logged in.
 *
 * @param id the account
 * @param email its primary address
 * @param senders the keys of all addresses that it may send as
 */
public record Account(String id, String email, Set<String> senders) {
    public Account {
        senders = Set.copyOf(senders);
    }

    /** Whether it may send as an address: one of its own, or a sub-address of one. */
    public boolean owns(EmailAddress address) {
        return senders.contains(address.key())
                || senders.contains(address.withoutTag().key());
    }
}
