package cz.digidig.common.mail;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.org",
                "a.b+tag@example.org",
                "o'brien/x=y@example.org",
                "\"a b\"@example.org",
                "\"a\\\"b\\\\c\"@example.org",
                "jiří@příklad.cz",
                "postmaster@[192.0.2.1]",
                "\"a@b\"@example.org"
            })
    void whatIsReadIsWrittenTheSame(String text) {
        EmailAddress address = EmailAddress.parse(text).orElseThrow();
        assertThat(EmailAddress.parse(address.toString())).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a@",
                "@example.org",
                "a",
                ".a@example.org",
                "a.@example.org",
                "a..b@example.org",
                "a b@example.org",
                "a\r\n@example.org",
                "\"a@example.org",
                "\"a\"b\"@example.org",
                "\"\"@example.org",
                "a@.example.org",
                "a@example..org",
                "a@exa mple.org",
                "a@example.org.",
                "<a@example.org>"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void aLocalPartOfMoreThan64OctetsIsRefused() {
        assertThat(EmailAddress.parse("a".repeat(64) + "@example.org")).isPresent();
        assertThat(EmailAddress.parse("a".repeat(65) + "@example.org")).isEmpty();
        assertThat(EmailAddress.parse("é".repeat(33) + "@example.org")).isEmpty();
    }

    @Test
    void domainsAreComparedInLowerCaseAsALabels() {
        EmailAddress address = EmailAddress.parse("Jana@PŘÍKLAD.cz").orElseThrow();
        assertThat(address.domain()).isEqualTo("xn--pklad-zsa96e.cz");
        assertThat(address.key()).isEqualTo("jana@xn--pklad-zsa96e.cz");
        assertThat(EmailAddress.parse("a@ISTANBUL.ORG").orElseThrow().domain()).isEqualTo("istanbul.org");
    }

    @Test
    void theTagIsWhatFollowsThePlus() {
        assertThat(EmailAddress.parse("bob+lists+x@example.org")
                        .orElseThrow()
                        .withoutTag()
                        .toString())
                .isEqualTo("bob@example.org");
        assertThat(EmailAddress.parse("+x@example.org")
                        .orElseThrow()
                        .withoutTag()
                        .local())
                .isEqualTo("+x");
    }

    @Property(tries = 500)
    void anyTextIsRefusedOrReadsBackTheSame(@ForAll @NotEmpty @StringLength(max = 40) String text) {
        EmailAddress.parse(text + "@example.org")
                .ifPresent(address ->
                        assertThat(EmailAddress.parse(address.toString())).contains(address));
        EmailAddress.parse(text);
    }
}
