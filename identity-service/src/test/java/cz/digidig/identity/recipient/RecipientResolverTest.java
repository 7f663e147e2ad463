package cz.digidig.identity.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.api.identity.RecipientResolution;
import cz.digidig.common.api.identity.RecipientResolution.LocalRecipient;
import cz.digidig.common.api.identity.RecipientResolution.Outcome;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.recipient.AddressBook.AccountOwner;
import cz.digidig.identity.recipient.AddressBook.AliasOwner;
import cz.digidig.identity.recipient.AddressBook.Owner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RecipientResolverTest {
    private static final String HERE = "@here.test";

    /** An address book in memory; counts how often it is asked. */
    private static final class Book implements AddressBook {
        private final Map<String, Owner> owners = new HashMap<>();
        private int asked;

        Book account(String local) {
            owners.put(local + HERE, new AccountOwner("id-" + local, local + HERE, true));
            return this;
        }

        Book disabled(String local) {
            owners.put(local + HERE, new AccountOwner("id-" + local, local + HERE, false));
            return this;
        }

        Book alias(String key, String... targets) {
            owners.put(key, new AliasOwner(List.of(targets), true));
            return this;
        }

        @Override
        public Map<String, Owner> owners(Collection<String> keys) {
            asked++;
            return keys.stream().filter(owners::containsKey).collect(Collectors.toMap(key -> key, this::owner));
        }

        private Owner owner(String key) {
            Owner owner = owners.get(key);
            if (owner == null) {
                throw new AssertionError(key);
            }
            return owner;
        }

        @Override
        public Set<String> served(Collection<String> domains) {
            return domains.contains("here.test") ? Set.of("here.test") : Set.of();
        }
    }

    private final Book book = new Book();

    private RecipientResolution resolve(String address) {
        return new RecipientResolver(book).resolve(EmailAddress.parse(address).orElseThrow());
    }

    private static List<String> ids(RecipientResolution resolution) {
        return resolution.accounts().stream().map(LocalRecipient::account).toList();
    }

    @Test
    void anAccountIsFoundWhateverTheCaseAndTheTag() {
        book.account("alice");

        assertThat(ids(resolve("ALICE@Here.Test"))).containsExactly("id-alice");
        assertThat(ids(resolve("alice+shop@here.test"))).containsExactly("id-alice");
        assertThat(ids(resolve("Alice+a+b@here.test"))).containsExactly("id-alice");
    }

    @Test
    void anExactAliasWinsOverTheTagAndTheTagOverTheCatchAll() {
        book.account("alice").account("bob").account("carol");
        book.alias("alice+shop@here.test", "bob@here.test").alias("@here.test", "carol@here.test");

        assertThat(ids(resolve("alice+shop@here.test"))).containsExactly("id-bob");
        assertThat(ids(resolve("alice+other@here.test"))).containsExactly("id-alice");
        assertThat(ids(resolve("whoever@here.test"))).containsExactly("id-carol");
    }

    @Test
    void aListReachesEachAccountOnceAndNamesTheForwards() {
        book.account("alice").account("bob").disabled("carol");
        book.alias(
                "team@here.test",
                "alice@here.test",
                "Alice+team@here.test",
                "staff@here.test",
                "carol@here.test",
                "gone@here.test",
                "friend@else.test");
        book.alias("staff@here.test", "bob@here.test", "alice@here.test");

        RecipientResolution resolution = resolve("team@here.test");

        assertThat(resolution.outcome()).isEqualTo(Outcome.DELIVERABLE);
        assertThat(ids(resolution)).containsExactly("id-alice", "id-bob");
        assertThat(resolution.forwards()).containsExactly("friend@else.test");
    }

    @Test
    void whyNotIsTold() {
        book.disabled("carol").alias("loop@here.test", "pool@here.test").alias("pool@here.test", "loop@here.test");
        book.alias("retired@here.test", "carol@here.test");

        assertThat(resolve("nobody@here.test").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(resolve("carol@here.test").outcome()).isEqualTo(Outcome.DISABLED);
        assertThat(resolve("retired@here.test").outcome()).isEqualTo(Outcome.DISABLED);
        assertThat(resolve("someone@else.test").outcome()).isEqualTo(Outcome.NOT_LOCAL);
        assertThat(resolve("user%else.test@else.test").outcome()).isEqualTo(Outcome.NOT_LOCAL);
        assertThat(resolve("loop@here.test").outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aCatchAllDoesNotTakeTheMailOfADisabledAccount() {
        book.account("alice").disabled("carol").alias("@here.test", "alice@here.test");

        assertThat(resolve("carol@here.test").outcome()).isEqualTo(Outcome.DISABLED);
    }

    @Test
    void whatLeadsTooFarReachesNobodyAndAsksABoundedNumberOfTimes() {
        book.account("alice");
        for (int i = 0; i < 500; i++) {
            book.alias("a" + i + HERE, "a" + (i + 1) + HERE);
        }
        book.alias("a500@here.test", "alice@here.test");

        assertThat(resolve("a0@here.test").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(book.asked).isLessThanOrEqualTo(RecipientResolver.MOST_LEVELS + 1);
        assertThat(ids(resolve("a490@here.test"))).containsExactly("id-alice");
    }

    @Test
    void tooManyAddressesReachNobody() {
        for (int list = 0; list < 20; list++) {
            int first = list * 100;
            book.alias(
                    "list" + list + HERE,
                    IntStream.range(first, first + 100)
                            .mapToObj(i -> "m" + i + "@else.test")
                            .toArray(String[]::new));
        }
        book.alias(
                "all@here.test",
                IntStream.range(0, 20).mapToObj(i -> "list" + i + HERE).toArray(String[]::new));

        assertThat(resolve("all@here.test").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(resolve("list3@here.test").forwards()).hasSize(100);
    }

    /** Ten names; each is an account or leads to some of the others, loops included. */
    @Property(tries = 500)
    void anyWebOfAliasesEndsAndReachesWhatCanBeReached(@ForAll("webs") List<List<Integer>> web) {
        Book names = new Book();
        for (int i = 0; i < web.size(); i++) {
            if (web.get(i).isEmpty()) {
                names.account("n" + i);
            } else {
                names.alias(
                        "n" + i + HERE,
                        web.get(i).stream().map(target -> "n" + target + HERE).toArray(String[]::new));
            }
        }

        RecipientResolution resolution = new RecipientResolver(names).resolve(new EmailAddress("n0", "here.test"));

        assertThat(ids(resolution)).containsExactlyInAnyOrderElementsOf(reachable(web));
        assertThat(names.asked).isLessThanOrEqualTo(web.size());
        assertThat(resolution.outcome()).isEqualTo(reachable(web).isEmpty() ? Outcome.UNKNOWN : Outcome.DELIVERABLE);
    }

    @Provide
    Arbitrary<List<List<Integer>>> webs() {
        return Arbitraries.integers()
                .between(0, 9)
                .list()
                .ofMaxSize(3)
                .uniqueElements()
                .list()
                .ofSize(10);
    }

    private static List<String> reachable(List<List<Integer>> web) {
        Set<Integer> seen = new HashSet<>(Set.of(0));
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        List<String> accounts = new ArrayList<>();
        while (!open.isEmpty()) {
            int name = open.pop();
            if (web.get(name).isEmpty()) {
                accounts.add("id-n" + name);
            }
            web.get(name).stream().filter(seen::add).forEach(open::push);
        }
        return accounts;
    }
}
