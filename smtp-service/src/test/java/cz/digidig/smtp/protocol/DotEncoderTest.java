package cz.digidig.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class DotEncoderTest {
    private static byte[] encode(String text, int piece) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DotEncoder encoder = new DotEncoder(out);
        for (int i = 0; i < octets.length; i += piece) {
            encoder.encode(octets, i, Math.min(piece, octets.length - i));
        }
        encoder.finish();
        return out.toByteArray();
    }

    @Test
    void dotsAtTheStartOfLinesAreDoubled() throws IOException {
        assertThat(new String(encode(".a\r\n..\r\nb.\r\n", 100), StandardCharsets.UTF_8))
                .isEqualTo("..a\r\n...\r\nb.\r\n.\r\n");
        assertThat(new String(encode("", 1), StandardCharsets.UTF_8)).isEqualTo(".\r\n");
        assertThat(new String(encode("a", 1), StandardCharsets.UTF_8)).isEqualTo("a\r\n.\r\n");
    }

    @Property
    void theDecoderGetsBackWhatWasEncodedInAnyPieces(
            @ForAll @StringLength(max = 60) @CharRange(from = '-', to = '/') String text,
            @ForAll @IntRange(min = 1, max = 7) int piece)
            throws IOException {
        String lines = text.replace("/", "\r\n");
        byte[] encoded = encode(lines, piece);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        DotDecoder decoder = new DotDecoder();
        assertThat(decoder.decode(encoded, 0, encoded.length, decoded)).isEqualTo(encoded.length);
        assertThat(decoder.finished()).isTrue();
        String ended = lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n";
        assertThat(decoded.toString(StandardCharsets.UTF_8)).isEqualTo(ended);
    }
}
