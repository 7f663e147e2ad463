package cz.digidig.smtp.mailauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {
    @ParameterizedTest
    @ValueSource(strings = {"v=1; a=b", " v = 1 ;\r\n\ta=b ;", "v=1;a=b;\r\n"})
    void spaceAroundTagsDoesNotCount(String text) {
        TagList tags = TagList.parse(text).orElseThrow();
        assertThat(tags.get("v")).contains("1");
        assertThat(tags.get("a")).contains("b");
        assertThat(tags.first()).isEqualTo("v");
        assertThat(tags.get("V")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "v", "v=1;;a=b", "v=1; v=2", "=1", "1v=1", "v-x=1", "v=1; a", "v=\u0001"})
    void whatIsNoListIsNone(String text) {
        assertThat(TagList.parse(text)).isEmpty();
    }

    @Property(tries = 500)
    void everyListIsReadBack(@ForAll("tags") Map<String, String> tags, @ForAll("spaces") String space) {
        StringBuilder text = new StringBuilder();
        tags.forEach((name, value) -> text.append(space)
                .append(name)
                .append(space)
                .append('=')
                .append(space)
                .append(value)
                .append(space)
                .append(';'));
        TagList read = TagList.parse(text.toString()).orElseThrow();
        tags.forEach((name, value) -> assertThat(read.get(name)).contains(value));
    }

    @Property(tries = 1000)
    void noTextBreaksIt(@ForAll String text) {
        TagList.parse(text).ifPresent(tags -> assertThat(tags.first()).isNotEmpty());
    }

    @Provide
    Arbitrary<Map<String, String>> tags() {
        Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> values = Arbitraries.strings()
                .withCharRange('!', ':')
                .withCharRange('<', '~')
                .ofMaxLength(30);
        return Arbitraries.maps(names, values).ofMinSize(1).ofMaxSize(10);
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of("", " ", "\t", "\r\n ", "  ");
    }
}
