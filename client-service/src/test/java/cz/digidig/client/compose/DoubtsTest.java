package cz.digidig.client.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a text says that it brings a file. */
class DoubtsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "The plan is attached.",
                "See the attachment",
                "Hello\n\n-- \nAlice\n\n\nEnclosed you find it",
                "V příloze posílám smlouvu",
                "Přikládám fotky",
                "Smlouva je přiložena"
            })
    void itDoes(String text) {
        assertThat(Doubts.speaksOfFiles(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We grew attachedness",
                "No\n\nBob wrote:\n> see the attachment",
                "Hello\n\n-- \nAttachment Ltd.",
                "FYI\n\n---------- Forwarded message ----------\nFrom: Bob\n\nattached",
                "Příležitost"
            })
    void itDoesNot(String text) {
        assertThat(Doubts.speaksOfFiles(text)).isFalse();
    }
}
