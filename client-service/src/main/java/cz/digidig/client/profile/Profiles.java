package cz.digidig.client.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.client.backend.PersonalToken;
import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.signin.Person;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** People's profiles, a minute old at most; while identity is out of reach, pages do without. */
@Component
public class Profiles {
    private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);
    private static final int MOST = 1000;

    private final ProfileApi identity;
    private final Cache<String, Profile> known = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    Profiles(ServiceClients clients, PersonalToken token) {
        this.identity = clients.personal(Peer.IDENTITY, ProfileApi.class, token::current);
    }

    public Profile of(Person person) {
        return known.get(person.accountId(), _ -> ask());
    }

    private Profile ask() {
        try {
            return identity.get();
        } catch (ServiceFailure unreachable) {
            LOG.warn("a profile can't be had, pages do without: {}", unreachable.getMessage());
            return Profile.NONE;
        }
    }

    /** Changes the time zone alone, whatever else was changed meanwhile. */
    public void zone(Person person, String zone) {
        Profile before = identity.get();
        if (!before.timeZone().equals(zone)) {
            known.put(person.accountId(), identity.put(before.in(zone)));
        }
    }
}
