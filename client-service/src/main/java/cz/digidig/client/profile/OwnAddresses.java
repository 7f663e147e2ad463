package cz.digidig.client.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.client.backend.PersonalToken;
import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.signin.Person;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The addresses that people may write as, a minute old at most; while identity is out of reach, the account's own
 * alone.
 */
@Component
public class OwnAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(OwnAddresses.class);
    private static final int MOST = 1000;

    private final ProfileApi identity;
    private final Cache<String, List<String>> known = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    OwnAddresses(ServiceClients clients, PersonalToken token) {
        this.identity = clients.personal(Peer.IDENTITY, ProfileApi.class, token::current);
    }

    /** The account's own first, then aliases; more than 500 are cut off. */
    public List<String> of(Person person) {
        List<String> found = known.getIfPresent(person.accountId());
        if (found != null) {
            return found;
        }
        try {
            List<String> asked = List.copyOf(identity.addresses().items());
            known.put(person.accountId(), asked);
            return asked;
        } catch (ServiceFailure unreachable) {
            LOG.warn("a person's addresses can't be had, pages show one alone: {}", unreachable.getMessage());
            return List.of(person.address());
        }
    }
}
