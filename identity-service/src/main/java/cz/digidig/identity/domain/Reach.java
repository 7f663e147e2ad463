package cz.digidig.identity.domain;

import java.util.List;
import java.util.Set;

/**
 * How far somebody's administration goes.
 *
 * @param everywhere whether it is the whole
 * @param domains else the ids of the domains
 */
public record Reach(boolean everywhere, Set<String> domains) {
    /** An administrator's, and this service's own. */
    public static final Reach EVERYWHERE = new Reach(true, Set.of());

    public Reach {
        domains = Set.copyOf(domains);
    }

    /** Whether a domain, by its id, is within it. */
    public boolean covers(String domain) {
        return everywhere || domains.contains(domain);
    }

    /** The domains for a query, which must have one at least. */
    public List<String> listed() {
        return domains.isEmpty() ? List.of("") : List.copyOf(domains);
    }
}
