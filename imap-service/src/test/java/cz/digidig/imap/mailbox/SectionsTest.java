package cz.digidig.imap.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.imap.mailbox.Sections.Span;
import cz.digidig.imap.protocol.FetchItem.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionsTest {
    private static Part leaf(long header, long body, long end) {
        return new Part(header, body, end, "base64", List.of(), null);
    }

    /** A multipart of a text and a forwarded multipart (RFC 9051 §6.4.5.1's example in small). */
    private static final Part INNER = new Part(50, 60, 90, "7bit", List.of(leaf(62, 65, 70), leaf(72, 75, 80)), null);

    private static final Part ROOT = new Part(
            0, 10, 100, "7bit", List.of(leaf(12, 15, 20), new Part(40, 50, 90, "8bit", List.of(), INNER)), null);

    private static Span find(String part, Text text) {
        List<Integer> numbers = part.isEmpty()
                ? List.of()
                : List.of(part.split("\\.")).stream().map(Integer::valueOf).toList();
        Span found = Sections.find(ROOT, numbers, text);
        return found == null ? new Span(-1, -1) : found;
    }

    private static final Span NONE = new Span(-1, -1);

    @Test
    void partsAreFoundAsTheStandardNumbersThem() {
        assertThat(find("", Text.WHOLE)).isEqualTo(new Span(0, 100));
        assertThat(find("", Text.HEADER)).isEqualTo(new Span(0, 10));
        assertThat(find("", Text.TEXT)).isEqualTo(new Span(10, 100));
        assertThat(find("1", Text.WHOLE)).isEqualTo(new Span(15, 20));
        assertThat(find("1", Text.MIME)).isEqualTo(new Span(12, 15));
        assertThat(find("1", Text.HEADER)).isEqualTo(NONE);
        assertThat(find("2", Text.WHOLE)).isEqualTo(new Span(50, 90));
        assertThat(find("2", Text.HEADER)).isEqualTo(new Span(50, 60));
        assertThat(find("2", Text.TEXT)).isEqualTo(new Span(60, 90));
        assertThat(find("2.1", Text.WHOLE)).isEqualTo(new Span(65, 70));
        assertThat(find("2.2", Text.MIME)).isEqualTo(new Span(72, 75));
        assertThat(find("3", Text.WHOLE)).isEqualTo(NONE);
        assertThat(find("1.1", Text.WHOLE)).isEqualTo(NONE);
        Part simple = leaf(0, 10, 100);
        assertThat(Sections.find(simple, List.of(1), Text.WHOLE)).isEqualTo(new Span(10, 100));
        assertThat(Sections.find(simple, List.of(1), Text.MIME)).isEqualTo(new Span(0, 10));
        assertThat(Sections.find(simple, List.of(1, 1), Text.WHOLE)).isNull();
        assertThat(Sections.encoding(simple, List.of(1))).isEqualTo("base64");
        assertThat(Sections.encoding(ROOT, List.of(2))).isEqualTo("binary");
    }

    @Test
    void headerFieldsKeepTheirFoldingAndEndWithAnEmptyLine() {
        byte[] header = "From: a\r\nSubject: x\r\n y\r\nTO : b\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(text(Sections.fields(header, List.of("subject", "to"), Text.HEADER_FIELDS)))
                .isEqualTo("Subject: x\r\n y\r\nTO : b\r\n\r\n");
        assertThat(text(Sections.fields(header, List.of("subject", "to"), Text.HEADER_FIELDS_NOT)))
                .isEqualTo("From: a\r\n\r\n");
        assertThat(text(Sections.fields(new byte[0], List.of("x"), Text.HEADER_FIELDS)))
                .isEqualTo("\r\n");
    }

    @Test
    void transferEncodingsAreUndoneLeniently() {
        assertThat(decode("aGVs\r\nbG8=\r\n", "base64")).isEqualTo("hello");
        assertThat(decode("aGVsbG8", "base64")).isEqualTo("hello");
        assertThat(decode("a=3Db=\r\nc =\nd=XX=", "quoted-printable")).isEqualTo("a=bc d=XX");
        assertThat(Sections.decodes("x-uuencode")).isFalse();
    }

    private static String decode(String octets, String encoding) {
        return text(Sections.decode(octets.getBytes(StandardCharsets.US_ASCII), encoding));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.US_ASCII);
    }
}
