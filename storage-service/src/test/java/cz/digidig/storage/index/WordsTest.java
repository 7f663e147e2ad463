package cz.digidig.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void lettersAndDigitsInARowAreAWord() {
        assertThat(Words.of("don't, žluť_2 a.b@c.example"))
                .containsExactly("don", "t", "žluť", "2", "a", "b", "c", "example");
        assertThat(Words.of(" -- ")).isEmpty();
    }

    @Test
    void whereThereAreNoSpacesEachCharacterIsAWord() {
        assertThat(Words.of("会議です ok🚀€")).containsExactly("会", "議", "で", "す", "ok", "🚀", "€");
        assertThat(Words.of("회의 отчёт")).containsExactly("회의", "отчёт");
    }

    @Test
    void aLongWordIsSeveral() {
        List<String> words = Words.of("x".repeat(Words.MOST_LENGTH + 5));
        assertThat(words).hasSize(2);
        assertThat(words.get(1)).hasSize(5);
    }

    @Property
    void eachWordStandsInTheText(@ForAll String text) {
        Words words = new Words(text);
        int last = 0;
        while (words.next()) {
            assertThat(words.start()).isGreaterThanOrEqualTo(last);
            assertThat(words.end()).isGreaterThan(words.start());
            assertThat(text.substring(words.start(), words.end())).isEqualTo(words.word());
            last = words.end();
        }
    }
}
