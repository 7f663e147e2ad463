package cz.digidig.storage.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.SearchKey.DateTest;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.storage.index.Region;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class QueryReaderTest {
    private static final List<Region> ANYWHERE =
            List.of(Region.SUBJECT, Region.FROM, Region.TO, Region.CC, Region.BCC, Region.BODY);

    private static Query word(String word) {
        return new Query.HasWords(ANYWHERE, List.of(word), true);
    }

    private static Query and(Query... all) {
        return new Query.And(List.of(all));
    }

    @Test
    void wordsAndPhrasesAreAllToBeFound() {
        assertThat(QueryReader.read("  Minutes \"last Monday\" -draft "))
                .isEqualTo(and(
                        word("minutes"),
                        new Query.HasWords(ANYWHERE, List.of("last", "monday"), false),
                        new Query.Not(word("draft"))));
        assertThat(QueryReader.read("")).isEqualTo(new Query.All());
        assertThat(QueryReader.read("\"\" from: -")).isEqualTo(new Query.HasText(ANYWHERE, "-"));
    }

    @Test
    void operatorsTakeAWordOrAPhrase() {
        assertThat(QueryReader.read("from:alice Subject:\"two words\" is:unread has:attachment after:2026-11-01"
                        + " larger:2k in:\"My Mail\" keyword:$later filename:report.pdf"))
                .isEqualTo(and(
                        new Query.HasWords(List.of(Region.FROM), List.of("alice"), true),
                        new Query.HasWords(List.of(Region.SUBJECT), List.of("two", "words"), false),
                        new Query.Not(new Query.HasFlag(MessageFlag.SEEN)),
                        new Query.HasAttachment(),
                        new Query.Received(DateTest.SINCE, LocalDate.of(2026, 11, 1)),
                        new Query.Larger(2048),
                        new Query.In("My Mail"),
                        new Query.HasKeyword("$later"),
                        new Query.HasWords(List.of(Region.NAMES), List.of("report", "pdf"), true)));
    }

    @Test
    void alternativesAndParentheses() {
        assertThat(QueryReader.read("a (b OR -c d) OR e)"))
                .isEqualTo(new Query.Or(List.of(
                        and(word("a"), new Query.Or(List.of(word("b"), and(new Query.Not(word("c")), word("d"))))),
                        word("e"))));
        assertThat(QueryReader.read("OR")).isEqualTo(word("or"));
        assertThat(QueryReader.read("a OR")).isEqualTo(and(word("a"), word("or")));
        assertThat(QueryReader.read("(a")).isEqualTo(word("a"));
        assertThat(QueryReader.read("f(x)")).isEqualTo(new Query.HasWords(ANYWHERE, List.of("f", "x"), true));
    }

    @Test
    void anUnknownOperatorIsAWord() {
        assertThat(QueryReader.read("http://example.org"))
                .isEqualTo(new Query.HasWords(ANYWHERE, List.of("http", "example", "org"), true));
    }

    @Test
    void whatCanNotBeReadIsRefusedWithItsPlace() {
        for (String bad : List.of(
                "before:monday",
                "is:blue",
                "has:teeth",
                "larger:big",
                "in:",
                "keyword:",
                "x".repeat(2000),
                "a ) b",
                "\"" + "a ".repeat(41) + "\"",
                "(".repeat(50),
                "a ".repeat(100))) {
            assertThatThrownBy(() -> QueryReader.read(bad))
                    .as(bad)
                    .isInstanceOfSatisfying(ProblemException.class, problem -> {
                        assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED);
                        assertThat(problem).hasMessageMatching(".*at position [0-9]+");
                    });
        }
        assertThatThrownBy(() -> QueryReader.read("one is:blue")).hasMessageContaining("position 7");
    }

    @Provide
    Arbitrary<String> likely() {
        return Arbitraries.of(
                        "a",
                        "OR",
                        "(",
                        ")",
                        "\"",
                        "-",
                        ":",
                        " ",
                        "from",
                        "is:unread",
                        "in:",
                        "before:2026-01-01",
                        "ß",
                        "\ud800",
                        "會")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 1000)
    void whatLooksLikeAQueryIsReadOrRefused(@ForAll @From("likely") String text) {
        anyTextIsReadOrRefused(text);
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefused(@ForAll String text) {
        try {
            assertThat(QueryReader.read(text)).isNotNull();
        } catch (ProblemException refused) {
            assertThat(refused).hasMessageMatching("q.*at position [0-9]+");
        }
    }
}
