package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageParserPropertyTest {
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\r\n\r\n",
            "--a",
            "--a--",
            "--ab",
            "\r\n--a\r\n",
            "\r\n--ab\r\n",
            "\r\n--a--\r\n",
            " ",
            "\t",
            "Content-Type: multipart/mixed; boundary=a\r\n\r\n",
            "Content-Type: multipart/digest; boundary=\"ab\"\r\n\r\n",
            "Content-Type: message/rfc822\r\n\r\n",
            "Content-Type: text/html; charset=utf-8\r\n\r\n",
            "Content-Type: ",
            "Content-Transfer-Encoding: base64\r\n",
            "Content-Disposition: attachment; filename*0*=utf-8''%e2; filename*1=x\r\n",
            "From: ",
            "To: ",
            "Subject: ",
            "Date: Tue, 1 Jul 2003 10:52:37 +0200\r\n",
            "References: <a@b> <c>\r\n",
            "a@b",
            "<",
            ">",
            "(",
            ")",
            "\"",
            "\\",
            ",",
            ";",
            ":",
            "@",
            "[",
            "]",
            "=?utf-8?b?",
            "=?iso-8859-1?q?",
            "?=",
            "=",
            "=C3",
            "&eacute;",
            "<style>",
            "</style>",
            "<!--",
            "\0",
            "\u00e9",
            "\u00ff",
            "word",
            "Content-Language: en,\r\n",
            "From line\r\n");

    @Provide
    Arbitrary<byte[]> structured() {
        return Arbitraries.of(PIECES).list().ofMaxSize(60).map(list -> String.join("", list)
                .getBytes(ISO_8859_1));
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        Arbitrary<byte[]> whole = Arbitraries.of(Messages.ALL).map(Messages::octets);
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 10_000);
        return Combinators.combine(whole, place, place, Arbitraries.of(PIECES)).as((octets, from, length, piece) -> {
            int start = from % octets.length;
            int end = Math.min(octets.length, start + length % 40);
            String text = new String(octets, ISO_8859_1);
            return (text.substring(0, start) + piece + text.substring(end)).getBytes(ISO_8859_1);
        });
    }

    @Property(tries = 500)
    void anyOctetsAreParsedToLegalTexts(@ForAll byte[] octets) {
        Checked.parse(octets);
    }

    @Property(tries = 1500)
    void whatIsMadeOfMailSyntaxIsParsedToLegalTexts(@ForAll("structured") byte[] octets) {
        Checked.parse(octets);
    }

    @Property(tries = 1500)
    void mutatedMessagesAreParsedToLegalTexts(@ForAll("mutated") byte[] octets) {
        Checked.parse(octets);
    }

    @Property(tries = 500)
    void foldingTwiceIsFoldingOnce(@ForAll String text) {
        String folded = CaseFold.fold(text);
        assertThat(CaseFold.fold(folded)).isEqualTo(folded);
    }
}
