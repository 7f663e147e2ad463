package cz.digidig.identity.recipient;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the resolver needs to know of local addresses. */
interface AddressBook {
    /** The owners of those of these keys that have one. */
    Map<String, Owner> owners(Collection<String> keys);

    /** Those of these domains that are served here. */
    Set<String> served(Collection<String> domains);

    /** To whom an address belongs. */
    sealed interface Owner {
        boolean enabled();
    }

    /** An account's own address. */
    record AccountOwner(String id, String email, boolean enabled) implements Owner {}

    /**
     * An alias or a group, and where it leads.
     *
     * @param posters whose mail it takes: address keys, or {@code @domain}; empty: everybody's
     */
    record AliasOwner(List<String> targets, List<String> posters, boolean enabled) implements Owner {
        AliasOwner(List<String> targets, boolean enabled) {
            this(targets, List.of(), enabled);
        }
    }
}
