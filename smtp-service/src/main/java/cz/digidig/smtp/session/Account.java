package cz.digidig.smtp.session;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.smtp.usage.Sender;
import java.util.Set;

/**
 * Who logged in.
 *
 * @param id the account
 * @param email its primary address
 * @param senders the keys of all addresses that it may send as
 * @param domainMessages how many messages all accounts of its domain together may send in 24 hours; 0: any number
 */
public record Account(String id, String email, Set<String> senders, int domainMessages) {
    public Account {
        senders = Set.copyOf(senders);
    }

    /** Of a domain without a limit. */
    public Account(String id, String email, Set<String> senders) {
        this(id, email, senders, 0);
    }

    /** Whose messages are counted. */
    public Sender sender() {
        String domain = EmailAddress.parse(email).map(EmailAddress::domain).orElse("");
        return new Sender(id, domain, domainMessages);
    }

    /** Whether it may send as an address: one of its own, or a sub-address of one. */
    public boolean owns(EmailAddress address) {
        return senders.contains(address.key())
                || senders.contains(address.withoutTag().key());
    }
}
