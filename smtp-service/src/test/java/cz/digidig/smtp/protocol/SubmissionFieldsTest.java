package cz.digidig.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionFieldsTest {
    private static final SubmissionFields.Missing MISSING =
            new SubmissionFields.Missing("Thu, 1 Jan 2026 00:00:00 +0000", "<id@host>", "a@x.example");
    private static final String WHOLE = "From: a@x.example\r\nDate: yesterday\r\nMessage-ID: <own@x>\r\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final SubmissionFields fields = new SubmissionFields(out, MISSING);

    private String pass(String message, int piece) throws IOException {
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < octets.length; at += piece) {
            fields.feed(octets, at, Math.min(piece, octets.length - at));
        }
        fields.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "7", "100000"})
    void leavesOutBccWithItsContinuations(int piece) throws IOException {
        assertThat(pass(
                        "bcc: c@y\r\nTo: b@x\r\nBCC :\r\n d@y,\r\n\te@y\r\nResent-Bcc: f@y\r\n" + WHOLE
                                + "Bcc-Note: stays\r\n folded\r\n\r\nBcc: in the body\r\n",
                        piece))
                .isEqualTo("To: b@x\r\n" + WHOLE + "Bcc-Note: stays\r\n folded\r\n\r\nBcc: in the body\r\n");
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "100000"})
    void addsWhatIsMissingAtTheHeadersEnd(int piece) throws IOException {
        assertThat(pass("Subject: x\r\n\r\nDate: not a field\r\n", piece))
                .isEqualTo("Subject: x\r\nFrom: a@x.example\r\nDate: Thu, 1 Jan 2026 00:00:00 +0000\r\n"
                        + "Message-ID: <id@host>\r\n\r\nDate: not a field\r\n");
        assertThat(fields.messageId()).isEqualTo("<id@host>");
        assertThat(fields.froms()).isZero();
    }

    @Test
    void keepsWhatIsThere() throws IOException {
        String message = "date : now\r\nMESSAGE-id:\r\n <own@x>\r\nFrom:\r\n \"A\"\r\n <a@x.example>\r\n\r\nbody";
        assertThat(pass(message, 5)).isEqualTo(message);
        assertThat(fields.messageId()).isEqualTo("<own@x>");
        assertThat(fields.from()).contains("\"A\"\r\n <a@x.example>");
    }

    @Test
    void endsTheHeaderBeforeALineThatIsNoField() throws IOException {
        assertThat(pass(WHOLE + "no field\r\nBcc: in the body\r\n", 4))
                .isEqualTo(WHOLE + "\r\nno field\r\nBcc: in the body\r\n");
    }

    @Test
    void aMessageWithoutAHeaderGetsOne() throws IOException {
        assertThat(pass("Hello there\r\n", 3))
                .isEqualTo("From: a@x.example\r\nDate: Thu, 1 Jan 2026 00:00:00 +0000\r\n"
                        + "Message-ID: <id@host>\r\n\r\nHello there\r\n");
    }

    @Test
    void completesAHeaderThatBreaksOff() throws IOException {
        assertThat(pass("Subject: x", 3)).startsWith("Subject: x\r\nFrom: a@x.example\r\n");
        assertThat(fields.messageId()).isEqualTo("<id@host>");
    }

    @Test
    void anEmptyMessageGetsAHeader() throws IOException {
        assertThat(pass("", 1)).startsWith("From: a@x.example\r\n").endsWith("Message-ID: <id@host>\r\n");
    }

    @Test
    void leavesAWholeHeaderWithoutABodyAsItIs() throws IOException {
        assertThat(pass(WHOLE, 2)).isEqualTo(WHOLE);
    }

    @Test
    void countsFromFields() throws IOException {
        String message = WHOLE + "from: b@y.example\r\n\r\n";
        assertThat(pass(message, 9)).isEqualTo(message);
        assertThat(fields.froms()).isEqualTo(2);
        assertThat(fields.from()).isEmpty();
    }

    @Test
    void longNamesAreFieldsToo() throws IOException {
        String message = "X-" + "a".repeat(200) + ": x\r\n" + WHOLE + "\r\n";
        assertThat(pass(message, 11)).isEqualTo(message);
    }

    @Test
    void readsNoFromFieldWithoutEnd() throws IOException {
        String message = "From: \"" + "a".repeat(70_000) + "\" <a@x.example>\r\nDate: x\r\nMessage-ID: <x>\r\n\r\n";
        assertThat(pass(message, 1000).equals(message)).isTrue();
        assertThat(fields.from().isPresent()).isFalse();
        assertThat(fields.froms()).isOne();
    }

    /** However it is cut into pieces, what comes out is the same. */
    @Property(tries = 300)
    void piecesDoNotMatter(@ForAll("messages") String message, @ForAll @IntRange(min = 1, max = 30) int piece)
            throws IOException {
        SubmissionFieldsTest whole = new SubmissionFieldsTest();
        SubmissionFieldsTest pieces = new SubmissionFieldsTest();
        assertThat(pieces.pass(message, piece)).isEqualTo(whole.pass(message, 1_000_000));
    }

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(
                        "Bcc",
                        ":",
                        " ",
                        "\r\n",
                        "From: a@x\r\n",
                        "Date",
                        "\t",
                        "x",
                        "bcc: y\r\n",
                        "ü",
                        "\r",
                        "\n",
                        "To: b\r\n")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }
}
