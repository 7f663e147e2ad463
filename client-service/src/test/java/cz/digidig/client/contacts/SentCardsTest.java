package cz.digidig.client.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentCardsTest {
    @Test
    void aCardIsAPerson() {
        List<Contact> people = SentCards.people(
                "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Carol <b>\r\nEMAIL:carol@example.org\r\nEND:VCARD\r\n");
        assertThat(people).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("Carol <b>");
            assertThat(one.addresses()).containsExactly("carol@example.org");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Name,E-mail\nCarol,carol@example.org",
                "BEGIN:VCARD",
                "BEGIN:VCARD\nVERSION:9.9\nEMAIL\n:;=\nEND:VCALENDAR",
                "BEGIN:VCARD\nVERSION:2.1\nAGENT:\nBEGIN:VCARD\n"
            })
    void whatIsNoCardIsNobody(String text) {
        assertThat(SentCards.people(text)).isEmpty();
    }

    @Test
    void depthIsNoDanger() {
        assertThat(SentCards.people("BEGIN:VCARD\nVERSION:2.1\nAGENT:\n".repeat(9000)))
                .hasSizeLessThan(9001);
        assertThat(SentCards.people("BEGIN:VCARD\n".repeat(20_000))).hasSizeLessThan(9001);
    }

    @Test
    void whoIsKnownIsKnownByAnyAddress() {
        AddressBook book = AddressBook.EMPTY.with(List.of(contact("Carol", List.of("carol@example.org"))));
        assertThat(book.knows(contact("C", List.of("x@example.org", "Carol@example.org"))))
                .isTrue();
        assertThat(book.knows(contact("Carol", List.of("x@example.org")))).isFalse();
        assertThat(book.knows(contact("Carol", List.of()))).isTrue();
    }

    private static Contact contact(String name, List<String> addresses) {
        return new Contact("", name, addresses, "", "", "", List.of());
    }
}
