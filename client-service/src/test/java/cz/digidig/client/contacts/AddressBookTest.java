package cz.digidig.client.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private static Contact contact(String id, String name, String address, String... groups) {
        return new Contact(id, name, List.of(address), "", "", "", List.of(groups));
    }

    @Test
    void whoIsKnownByAnAddressIsNotImportedTwice() {
        AddressBook book = AddressBook.EMPTY.with(contact("1", "Alice", "alice@example.org"));
        AddressBook more = book.with(List.of(
                contact("", "Other", "ALICE@example.org"),
                contact("", "Bob", "bob@example.org"),
                contact("", "Bob", "Bob@example.org")));
        assertThat(more.contacts()).extracting(Contact::name).containsExactly("Alice", "Bob");
        assertThat(more.contacts().getLast().id()).isNotEmpty();
    }

    @Test
    void holdsSoManyAndNoMore() {
        List<Contact> many = IntStream.range(0, AddressBook.MOST + 10)
                .mapToObj(i -> contact("", "n" + i, i + "@example.org"))
                .toList();
        AddressBook full = AddressBook.EMPTY.with(many);
        assertThat(full.contacts()).hasSize(AddressBook.MOST);
        assertThat(full.with(contact("x", "X", "x@example.org")).contacts()).hasSize(AddressBook.MOST);
        String first = full.contacts().getFirst().id();
        AddressBook changed = full.with(contact(first, "Changed", "c@example.org"));
        assertThat(changed.find(first)).map(Contact::name).contains("Changed");
    }

    @Test
    void groupsAreNamedOnceAndFound() {
        AddressBook book = AddressBook.EMPTY
                .with(contact("1", "Alice", "alice@example.org", "Team", "Choir"))
                .with(contact("2", "Bob", "bob@example.org", "Team"));
        assertThat(book.groups()).containsExactly("Choir", "Team");
        assertThat(book.group("Team")).hasSize(2);
        assertThat(book.contacts().getFirst().matches("ali cho")).isTrue();
        assertThat(book.contacts().getFirst().matches("lice zz")).isFalse();
    }
}
