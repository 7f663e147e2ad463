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

    /** An alias and where it leads. */
    record AliasOwner(List<String> targets, boolean enabled) implements Owner {}
}
