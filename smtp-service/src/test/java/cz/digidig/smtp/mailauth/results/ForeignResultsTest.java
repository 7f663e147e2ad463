package cz.digidig.smtp.mailauth.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ForeignResultsTest {
    private static String passed(String text, int piece) {
        byte[] octets = text.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ForeignResults filter = new ForeignResults(out, "mail.example.org")) {
            for (int from = 0; from < octets.length; from += piece) {
                filter.write(octets, from, Math.min(piece, octets.length - from));
            }
            filter.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(UTF_8);
    }

    @Test
    void oursAreRemoved() {
        for (String forged : List.of(
                "Authentication-Results: mail.example.org; dkim=pass\r\n",
                "authentication-RESULTS : MAIL.Example.ORG\r\n\t;spf=pass\r\n",
                "Authentication-Results: (a (b) \\) c)\r\n \"mail.example.org\" 1; none\r\n",
                "Authentication-Results:mail.example.org;" + " x=y;".repeat(30_000) + "\r\n",
                "Authentication-Results: (never ends mail.example.org; dkim=pass\r\n")) {
            for (int piece : new int[] {1, 7, 100_000}) {
                assertThat(passed("From: a\r\n" + forged + "To: b\r\n\r\nbody", piece))
                        .isEqualTo("From: a\r\nTo: b\r\n\r\nbody");
                assertThat(passed(forged + forged + "\r\n" + forged, piece)).isEqualTo("\r\n" + forged);
                assertThat(passed("From: a\r\n" + forged, piece)).isEqualTo("From: a\r\n");
            }
        }
    }

    @Test
    void othersStay() {
        for (String text : List.of(
                "Authentication-Results: mail.example.org.evil.example; dkim=pass\r\n\r\n",
                "Authentication-Results: mx.example.net;\r\n reason=\"mail.example.org\"\r\n\r\nx",
                "Authentication-Results-X: mail.example.org; dkim=pass\r\n\r\n",
                "Authentication-Results",
                "X: y\r\n Authentication-Results: mail.example.org; dkim=pass\r\n\r\n",
                "\r\nAuthentication-Results: mail.example.org; dkim=pass\r\n\r\n",
                "Authentication-Results:" + " (x)".repeat(30_000) + " other.example; none\r\n\r\n")) {
            for (int piece : new int[] {1, 7, 100_000}) {
                assertThat(passed(text, piece)).isEqualTo(text);
            }
        }
    }

    @Property(tries = 1000)
    void whatNamesNobodyIsNotTouched(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 60) int piece) {
        assertThat(passed(text, piece)).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "Authentication-Results", "auth", ":", " ", "\t", "\r\n", "\r", "\n", "\r\n\r\n", "x", ";", "(")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
