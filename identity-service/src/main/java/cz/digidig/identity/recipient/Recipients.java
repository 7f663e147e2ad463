package cz.digidig.identity.recipient;

import cz.digidig.common.api.identity.RecipientResolution;
import cz.digidig.common.api.identity.RecipientResolution.Outcome;
import cz.digidig.common.mail.EmailAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Answers who gets the mail to an address, and who may send as one. */
@Service
public class Recipients {
    private static final int MOST_SENDERS = 500;
    private static final int MOST_LEVELS = 10;

    private final StoredAddressBook book;
    private final RecipientResolver resolver;

    Recipients(StoredAddressBook book) {
        this.book = book;
        this.resolver = new RecipientResolver(book);
    }

    /** Resolves an envelope recipient; text that is no address is unknown. */
    public RecipientResolution resolve(String address) {
        return EmailAddress.parse(address)
                .map(resolver::resolve)
                .orElseGet(() -> new RecipientResolution(Outcome.UNKNOWN, List.of(), List.of()));
    }

    /**
     * The addresses that an account may send as: its own first, then the enabled aliases that lead to it, also by way of
     * other aliases. A catch-all gives no right to send.
     */
    public List<String> senders(String email, String addressKey) {
        Set<String> senders = new LinkedHashSet<>(List.of(email));
        Set<String> seen = new HashSet<>(List.of(addressKey));
        Set<String> level = Set.of(addressKey);
        for (int depth = 0; depth < MOST_LEVELS && !level.isEmpty() && seen.size() < MOST_SENDERS; depth++) {
            Set<String> next = new HashSet<>(book.leadingTo(level));
            next.removeAll(seen);
            seen.addAll(next);
            next.stream().sorted().forEach(senders::add);
            level = next;
        }
        return List.copyOf(senders);
    }
}
