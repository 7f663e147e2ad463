package cz.digidig.client.identities;

import cz.digidig.client.preferences.Identity;
import cz.digidig.client.preferences.Preferences;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * As whom one person may write.
 *
 * @param all one for each own address, the account's first
 * @param usual the one that is written as unless another is chosen
 */
public record OwnIdentities(List<Identity> all, Identity usual) {
    public OwnIdentities {
        all = List.copyOf(all);
    }

    /**
     * Puts them together.
     *
     * @param addresses the own ones, the account's first
     * @param name the name of the profile, for identities that have none
     */
    static OwnIdentities of(List<String> addresses, Preferences chosen, String name) {
        List<Identity> all = addresses.stream()
                .map(chosen::identity)
                .map(one ->
                        one.name().isEmpty() ? new Identity(one.address(), name, one.replyTo(), one.signature()) : one)
                .toList();
        String address = chosen.usualAddress();
        Identity usual = all.stream()
                .filter(one -> one.address().equalsIgnoreCase(address))
                .findFirst()
                .orElseGet(all::getFirst);
        return new OwnIdentities(all, usual);
    }

    /** The one of an address or of a sub-address ({@code user+tag}); empty: it is not the person's. */
    public Optional<Identity> find(String address) {
        String wanted = address.strip().toLowerCase(Locale.ROOT);
        String base = wanted.replaceFirst("\\+[^@]*@", "@");
        return Stream.of(wanted, base)
                .flatMap(form -> all.stream()
                        .filter(one -> one.address().toLowerCase(Locale.ROOT).equals(form)))
                .findFirst()
                .map(one -> one.address().equalsIgnoreCase(wanted) ? one : one.at(wanted));
    }

    /** Whether an address is the person's. */
    public boolean has(String address) {
        return find(address).isPresent();
    }

    /** The first of addresses that is the person's, else the usual one. */
    public Identity meant(Stream<String> addresses) {
        return addresses.flatMap(one -> find(one).stream()).findFirst().orElse(usual);
    }

    /** Those to choose from, a sub-address among them if it is the one that is chosen. */
    public List<Identity> with(Identity chosen) {
        return all.stream().anyMatch(one -> one.address().equalsIgnoreCase(chosen.address()))
                ? all
                : Stream.concat(Stream.of(chosen), all.stream()).toList();
    }
}
