package cz.digidig.identity.recipient;

import cz.digidig.common.api.identity.RecipientResolution;
import cz.digidig.common.api.identity.RecipientResolution.LocalRecipient;
import cz.digidig.common.api.identity.RecipientResolution.Outcome;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.recipient.AddressBook.AccountOwner;
import cz.digidig.identity.recipient.AddressBook.AliasOwner;
import cz.digidig.identity.recipient.AddressBook.Owner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where mail to an address ends up.
 *
 * <p>The most exact owner counts: the address as it is, the address without its {@code +tag}, then the domain's
 * catch-all. Aliases are followed level by level; each address is looked at once, so a loop ends by itself. What leads
 * nowhere is left out as long as something else is reached. An alias that leads to more than {@value #MOST_ADDRESSES}
 * addresses or deeper than {@value #MOST_LEVELS} levels reaches nobody: mail to a part of a list would be lost for the
 * rest. Where several groups on the way restrict whose mail they take, only who may post to all of them may.
 */
final class RecipientResolver {
    static final int MOST_ADDRESSES = 1000;
    static final int MOST_LEVELS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(RecipientResolver.class);

    private final AddressBook book;

    RecipientResolver(AddressBook book) {
        this.book = book;
    }

    RecipientResolution resolve(EmailAddress address) {
        Trail trail = new Trail();
        List<EmailAddress> level = trail.unseen(List.of(address));
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth > MOST_LEVELS || trail.seen.size() > MOST_ADDRESSES) {
                LOG.warn("The alias {} leads too far or to too many addresses", address.key());
                return nobody(Outcome.UNKNOWN);
            }
            level = step(level, trail, depth == 0);
        }
        return trail.result();
    }

    /** Looks at one level and returns the next. */
    private List<EmailAddress> step(List<EmailAddress> level, Trail trail, boolean first) {
        Set<String> keys = new HashSet<>();
        level.forEach(address -> keys.addAll(candidates(address)));
        Map<String, Owner> owners = book.owners(keys);
        List<String> targets = new ArrayList<>();
        List<EmailAddress> nobodys = new ArrayList<>();
        for (EmailAddress address : level) {
            switch (owner(address, owners)) {
                case null -> nobodys.add(address);
                case AccountOwner(String id, String email, boolean enabled)
                when enabled -> trail.accounts.put(id, new LocalRecipient(id, email));
                case AliasOwner(List<String> leads, List<String> posters, boolean enabled)
                when enabled -> {
                    targets.addAll(leads);
                    trail.restrict(posters);
                }
                case AccountOwner disabled -> trail.disabled = true;
                case AliasOwner disabled -> trail.disabled = true;
            }
        }
        if (!nobodys.isEmpty()) {
            separate(nobodys, trail, first);
        }
        return trail.unseen(targets.stream()
                .flatMap(target -> EmailAddress.parse(target).stream())
                .toList());
    }

    /** Addresses without an owner are outside, or dead. */
    private void separate(List<EmailAddress> nobodys, Trail trail, boolean first) {
        Set<String> served =
                book.served(nobodys.stream().map(EmailAddress::domain).collect(Collectors.toSet()));
        for (EmailAddress address : nobodys) {
            if (served.contains(address.domain())) {
                continue;
            }
            if (first) {
                trail.notLocal = true;
            } else {
                trail.forwards.add(address.toString());
            }
        }
    }

    private static List<String> candidates(EmailAddress address) {
        return List.of(address.key(), address.withoutTag().key(), "@" + address.domain());
    }

    private static @Nullable Owner owner(EmailAddress address, Map<String, Owner> owners) {
        for (String key : candidates(address)) {
            Owner owner = owners.get(key);
            if (owner != null) {
                return owner;
            }
        }
        return null;
    }

    private static RecipientResolution nobody(Outcome outcome) {
        return new RecipientResolution(outcome, List.of(), List.of());
    }

    /** What was found on the way. */
    private static final class Trail {
        private final Set<String> seen = new HashSet<>();
        private final Map<String, LocalRecipient> accounts = new LinkedHashMap<>();
        private final Set<String> forwards = new LinkedHashSet<>();
        private final Set<String> posters = new LinkedHashSet<>();
        private boolean restricted;
        private boolean disabled;
        private boolean notLocal;

        private void restrict(List<String> wanted) {
            if (wanted.isEmpty()) {
                return;
            }
            if (restricted) {
                posters.retainAll(wanted);
            } else {
                posters.addAll(wanted);
            }
            restricted = true;
        }

        private List<EmailAddress> unseen(List<EmailAddress> addresses) {
            return addresses.stream().filter(address -> seen.add(address.key())).toList();
        }

        private RecipientResolution result() {
            if (notLocal) {
                return nobody(Outcome.NOT_LOCAL);
            }
            if (accounts.isEmpty() && forwards.isEmpty()) {
                return nobody(disabled ? Outcome.DISABLED : Outcome.UNKNOWN);
            }
            if (restricted && posters.isEmpty()) {
                return nobody(Outcome.DISABLED);
            }
            return new RecipientResolution(
                    Outcome.DELIVERABLE, List.copyOf(accounts.values()), List.copyOf(forwards), List.copyOf(posters));
        }
    }
}
