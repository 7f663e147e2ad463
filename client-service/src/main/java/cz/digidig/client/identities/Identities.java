package cz.digidig.client.identities;

import cz.digidig.client.preferences.Identity;
import cz.digidig.client.preferences.Preferences;
import cz.digidig.client.preferences.PreferencesStore;
import cz.digidig.client.profile.OwnAddresses;
import cz.digidig.common.signin.Person;
import org.springframework.stereotype.Component;

/** Everybody's identities. */
@Component
public class Identities {
    private final OwnAddresses addresses;
    private final PreferencesStore preferences;

    Identities(OwnAddresses addresses, PreferencesStore preferences) {
        this.addresses = addresses;
        this.preferences = preferences;
    }

    public OwnIdentities of(Person person) {
        Preferences chosen = preferences.of(person.accountId());
        return OwnIdentities.of(addresses.of(person), chosen, person.getFullName() == null ? "" : person.getFullName());
    }

    void save(Person person, Identity identity, boolean usual) {
        preferences.change(person.accountId(), before -> {
            Preferences after = before.as(identity);
            return usual ? after.from(identity.address()) : after;
        });
    }
}
