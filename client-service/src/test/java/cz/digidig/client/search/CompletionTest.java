package cz.digidig.client.search;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.client.search.Completion.Word;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                ''                    | ''                | ''      | ''
                inv                   | ''                | ''      | inv
                from:ann lunch        | 'from:ann '       | ''      | lunch
                lunch FROM:An         | 'lunch '          | from:   | An
                -from:An              | -                 | from:   | An
                (a OR in:"Old ma      | '(a OR '          | in:     | Old ma
                "annual report" is:un | '"annual report" '| is:     | un
                a 12:30               | 'a '              | 12:     | 30
                'done '               | 'done '           | ''      | ''
                """)
    void theLastWordIsTheOneThatIsTyped(String query, String before, String operator, String value) {
        assertThat(Word.last(query)).isEqualTo(new Word(before, operator, value));
    }

    private static List<String> queries(String typed) {
        return Completion.operators(Word.last(typed)).map(Completion::query).toList();
    }

    @Test
    void operatorsThatBeginSoTakeItsPlace() {
        assertThat(queries("lunch -Is:UN")).containsExactly("lunch -is:unread ");
        assertThat(queries("f")).containsExactly("from:", "filename:");
        assertThat(queries("from:")).isEmpty();
        assertThat(queries("is:unread")).isEmpty();
        assertThat(queries("")).contains("from:", "has:attachment ");
    }
}
