package cz.digidig.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotDecoderTest {
    @Property
    void whateverIsStuffedComesBackInAnyPieces(
            @ForAll("messages") String message, @ForAll @IntRange(min = 1, max = 9) int piece) throws IOException {
        // What a client does: a dot more before each line that begins with one, and CRLF.CRLF (the last CRLF is the
        // message's).
        String lines = message + "\r\n";
        String stuffed = (lines.startsWith(".") ? "." : "") + lines.replace("\r\n.", "\r\n..") + ".\r\nRSET\r\n";
        byte[] wire = stuffed.getBytes(StandardCharsets.ISO_8859_1);
        DotDecoder decoder = new DotDecoder();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (!decoder.finished()) {
            at += decoder.decode(wire, at, Math.min(piece, wire.length - at), out);
        }
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(lines);
        assertThat(new String(wire, at, wire.length - at, StandardCharsets.ISO_8859_1))
                .isEqualTo("RSET\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\n.\r\n",
                "\r.\r\n",
                "\r\n.\n",
                "\r\n.\r",
                "\r.\r",
                "\n\n.\r\n",
                "\r\r\n.\r\r\n",
                "\r\n.\r\r\n",
                "\r\n\0.\r\n",
                "\r\n.\0\r\n",
                "\r\n. \r\n"
            })
    void nothingElseEndsAMessage(String smuggled) throws IOException {
        byte[] wire = ("text" + smuggled + "MAIL FROM:<x@y>\r\n").getBytes(StandardCharsets.ISO_8859_1);
        DotDecoder decoder = new DotDecoder();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(decoder.decode(wire, 0, wire.length, out)).isEqualTo(wire.length);
        assertThat(decoder.finished()).isFalse();
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).endsWith("MAIL FROM:<x@y>\r\n");
    }

    @Property
    void inspectionAgreesWithANaiveOne(
            @ForAll("messages") String message, @ForAll @IntRange(min = 1, max = 7) int piece) {
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        MessageInspection inspection = new MessageInspection();
        for (int at = 0; at < octets.length; at += piece) {
            inspection.feed(octets, at, Math.min(piece, octets.length - at));
        }
        String withoutLines = message.replace("\r\n", "");
        assertThat(inspection.bareLf()).isEqualTo(message.replace("\r\n", "").contains("\n") || bareLf(message));
        assertThat(inspection.bareCr()).isEqualTo(withoutLines.contains("\r"));
        assertThat(inspection.nul()).isEqualTo(message.contains("\0"));
        assertThat(inspection.size()).isEqualTo(octets.length);
    }

    private static boolean bareLf(String message) {
        for (int i = 0; i < message.length(); i++) {
            if (message.charAt(i) == '\n' && (i == 0 || message.charAt(i - 1) != '\r')) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1000})
    void hopsAreCountedInTheHeaderOnly(int piece) {
        byte[] octets =
                "Received: a\r\nRECEIVED: b\r\n Received: folded\r\nX-Received: c\r\nreceived : d\r\n\r\nReceived: body\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        MessageInspection inspection = new MessageInspection();
        for (int at = 0; at < octets.length; at += piece) {
            inspection.feed(octets, at, Math.min(piece, octets.length - at));
        }
        assertThat(inspection.hops()).isEqualTo(2);
        assertThat(inspection.longestLine()).isEqualTo(17);
    }

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(List.of(".", "..", "\r", "\n", "\r\n", "a", "text", "\0", "\r\n.", "é", ".\r"))
                .list()
                .ofMaxSize(20)
                .map(pieces -> String.join("", pieces))
                // CR at the end would join the CRLF that ends the message.
                .filter(text -> !text.contains("\r\n.\r\n"));
    }
}
