package cz.digidig.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.mail.EmailAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorFieldTest {
    private static List<String> addresses(String value) {
        return AuthorField.parse(value).orElseThrow().stream()
                .map(EmailAddress::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@x.example",
                " <a@x.example>",
                "Anna <a@x.example>",
                "\"Anna, the <first@y.example>\" <a@x.example>",
                "Anna (a comment <b@y.example> (nested \\) ) ) <a@x.example>",
                "a@x.example (Anna)",
                "=?utf-8?q?J=C3=BCrgen?= <a@x.example>",
                "Jürgen <a@x.example> (comment)",
                "Anna\r\n\t<a@x.example>",
                "J. R. Tolkien <a@x.example>"
            })
    void readsOneAuthor(String value) {
        assertThat(addresses(value)).containsExactly("a@x.example");
    }

    @Test
    void readsSeveralAuthors() {
        assertThat(addresses("a@x.example, \"B, b\" <\"b b\"@y.example>,c@[192.0.2.1]"))
                .containsExactly("a@x.example", "\"b b\"@y.example", "c@[192.0.2.1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Anna",
                "Doe, John <a@x.example>",
                "a@x.example,",
                "a@x.example b@y.example",
                "<a@x.example> <b@y.example>",
                "<a@x.example> b@y.example",
                "Group: a@x.example;",
                "<@y.example:a@x.example>",
                "<a@x.example",
                "\"a@x.example",
                "(a@x.example",
                "Anna \\<b@y.example> <a@x.example>",
                "<a@x.example(>b@y.example)>",
                "a@x.example\r\nb@y.example",
                "a@x.example\u0000"
            })
    void refusesWhatCouldBeReadInTwoWays(String value) {
        assertThat(AuthorField.parse(value)).isEmpty();
    }
}
