package cz.digidig.smtp.delivery;

import cz.digidig.smtp.mailauth.dkim.SigningKey;
import java.util.List;
import java.util.Optional;

/** What mail of the domains served here is signed by. */
public interface SigningKeys {
    /**
     * The keys that sign now for a domain.
     *
     * @return none: the domain is not served here, or does not sign; empty: nobody can tell now
     */
    Optional<List<SigningKey>> of(String domain);
}
