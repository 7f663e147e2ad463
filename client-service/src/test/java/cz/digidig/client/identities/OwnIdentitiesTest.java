package cz.digidig.client.identities;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.client.preferences.Identity;
import cz.digidig.client.preferences.Preferences;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** As whom a person writes. */
class OwnIdentitiesTest {
    private static final List<String> ADDRESSES = List.of("alice@x.example", "sales@x.example");
    private static final Identity SALES = new Identity("sales@x.example", "Sales", "desk@x.example", "The shop");

    private static OwnIdentities of(Preferences chosen) {
        return OwnIdentities.of(ADDRESSES, chosen, "Alice");
    }

    @Test
    void anAddressWithoutAChoiceHasTheNameOfTheProfile() {
        OwnIdentities own = of(Preferences.DEFAULTS.as(SALES));
        assertThat(own.all()).containsExactly(new Identity("alice@x.example", "Alice", "", ""), SALES);
        assertThat(own.usual().address()).isEqualTo("alice@x.example");
    }

    @Test
    void theUsualAddressIsTheChosenOneAsLongAsItIsThere() {
        Preferences chosen = Preferences.DEFAULTS.as(SALES).from("Sales@x.example");
        assertThat(of(chosen).usual()).isEqualTo(SALES);
        assertThat(OwnIdentities.of(List.of("alice@x.example"), chosen, "Alice")
                        .usual()
                        .address())
                .isEqualTo("alice@x.example");
    }

    @Test
    void anAnswerIsWrittenAsWhomTheMessageWasAddressedTo() {
        OwnIdentities own = of(Preferences.DEFAULTS.as(SALES));
        assertThat(own.meant(Stream.of("bob@y.example", "SALES@x.example")).signature())
                .isEqualTo("The shop");
        assertThat(own.meant(Stream.of("sales+spring@x.example"))).isEqualTo(SALES.at("sales+spring@x.example"));
        assertThat(own.meant(Stream.of("list@y.example"))).isEqualTo(own.usual());
        assertThat(own.has("mallory@x.example")).isFalse();
    }

    @Test
    void aSubAddressIsOfferedOnlyWhereItIsChosen() {
        OwnIdentities own = of(Preferences.DEFAULTS);
        Identity tagged = own.meant(Stream.of("alice+a@x.example"));
        assertThat(own.with(tagged)).extracting(Identity::address).first().isEqualTo("alice+a@x.example");
        assertThat(own.with(own.usual())).hasSize(2);
    }

    @Test
    void aSecondChoiceReplacesTheFirst() {
        Preferences twice = Preferences.DEFAULTS.as(SALES).as(new Identity("SALES@x.example", "Shop", "", ""));
        assertThat(twice.identities()).extracting(Identity::name).containsExactly("Shop");
    }
}
