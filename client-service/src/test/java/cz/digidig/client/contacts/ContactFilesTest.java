package cz.digidig.client.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactFilesTest {
    private static final Contact ALICE = new Contact(
            "",
            "Alice Nov\u00e1kov\u00e1",
            List.of("alice@example.org", "a@home.example"),
            "+420 123",
            "Example, Ltd.",
            "Two\nlines; and \"quotes\"",
            List.of("Friends", "Team"));
    private static final Contact BOB = new Contact("", "", List.of("bob@example.org"), "", "", "", List.of());

    @Test
    void vCardsComeBackAsTheyWent() throws IOException {
        List<Contact> back = ContactFiles.read(ContactFiles.toVCards(List.of(ALICE, BOB)));
        assertThat(back.getFirst()).isEqualTo(ALICE);
        assertThat(back.getLast().addresses()).containsExactly("bob@example.org");
    }

    @Test
    void tablesComeBackAsTheyWent() throws IOException {
        Contact local =
                new Contact("", "Alice", ALICE.addresses(), "420 123", "Example, Ltd.", ALICE.note(), ALICE.groups());
        assertThat(ContactFiles.read(ContactFiles.toCsv(List.of(local, BOB)))).containsExactly(local, BOB);
    }

    @Test
    void noCellOfATableIsAFormula() throws IOException {
        Contact hostile = new Contact("", "=cmd()", List.of("x@example.org"), "+1", "@x", "-2", List.of());
        assertThat(ContactFiles.toCsv(List.of(hostile))).contains("'=cmd()", "'+1", "'@x", "'-2");
    }

    @Test
    void otherProgramsFilesAreRead() throws IOException {
        assertThat(ContactFiles.read("""
                BEGIN:VCARD
                VERSION:2.1
                N:Smith;John
                EMAIL;INTERNET:john@example.org
                TEL;CELL:123
                END:VCARD
                """))
                .containsExactly(new Contact("", "John Smith", List.of("john@example.org"), "123", "", "", List.of()));
        assertThat(
                        ContactFiles.read(
                                "\uFEFFFirst Name,Last Name,E-mail 1 - Value,Labels\r\nJohn,Smith,john@example.org,Work ::: Team\r\n"))
                .containsExactly(new Contact(
                        "", "John Smith", List.of("john@example.org"), "", "", "", List.of("Work", "Team")));
    }

    @Test
    void whatIsNoneIsRefused() {
        assertThatThrownBy(() -> ContactFiles.read("name\n\"never closed")).isInstanceOf(IOException.class);
    }
}
