package cz.digidig.storage.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.common.api.storage.SearchKey.DateTest;
import cz.digidig.storage.mime.SearchText;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QueryReaderTest {
    @Test
    void wordsAndPhrasesAreAllToBeFound() {
        assertThat(QueryReader.read("  minutes \"last Monday\" -draft "))
                .isEqualTo(new SearchKey.And(List.of(
                        new SearchKey.Text("minutes"),
                        new SearchKey.Text("last Monday"),
                        new SearchKey.Not(new SearchKey.Text("draft")))));
        assertThat(QueryReader.read("")).isEqualTo(new SearchKey.All());
    }

    @Test
    void operatorsTakeAWordOrAPhrase() {
        assertThat(QueryReader.read(
                        "from:alice Subject:\"two words\" is:unread has:attachment after:2026-11-01 larger:2k"))
                .isEqualTo(new SearchKey.And(List.of(
                        new SearchKey.Header("from", "alice"),
                        new SearchKey.Header("subject", "two words"),
                        new SearchKey.Not(new SearchKey.Flag("\\Seen")),
                        new SearchKey.Header(SearchText.ATTACHMENT_MARK, ""),
                        new SearchKey.Received(DateTest.SINCE, LocalDate.of(2026, 11, 1)),
                        new SearchKey.Larger(2048))));
    }

    @Test
    void anUnknownOperatorIsAWordAndANonsenseValueIsRefused() {
        assertThat(QueryReader.read("http://example.org")).isEqualTo(new SearchKey.Text("http://example.org"));
        for (String bad : List.of("before:monday", "is:blue", "has:teeth", "larger:big", "x".repeat(2000))) {
            assertThatThrownBy(() -> QueryReader.read(bad)).isInstanceOf(ProblemException.class);
        }
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefused(@ForAll String text) {
        try {
            assertThat(QueryReader.read(text)).isNotNull();
        } catch (ProblemException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }
}
