package cz.digidig.client.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Domains that only look like a known one. */
class LookAlikeTest {
    private static final List<String> KNOWN = List.of("example.org", "modernibanka.cz");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ex\u0430mple.org",
                "xn--exmple-4nf.org",
                "examp1e.org",
                "exarnple.org",
                "EXAMPIE.org",
                "modern\u00edbanka.cz",
                "m\u03bfdernibanka.cz",
                "m0dernibanka.cz"
            })
    void forgeriesAreSeen(String domain) {
        assertThat(LookAlike.of(domain, KNOWN)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "mail.example.org",
                "Example.ORG",
                "example.com",
                "sample.org",
                "\u017elu\u0165.cz"
            })
    void whatIsKnownOrAltogetherDifferentIsNot(String domain) {
        assertThat(LookAlike.of(domain, KNOWN)).isEmpty();
    }

    @Test
    void aKnownDomainIsNoForgeryOfAnother() {
        assertThat(LookAlike.of("examp1e.org", List.of("example.org", "examp1e.org")))
                .isEmpty();
    }
}
