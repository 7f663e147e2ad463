package cz.digidig.common.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final int MOST = 3000;

    @Property(tries = 500)
    void anyChunkingGivesTheSameLines(
            @ForAll("lines") List<String> lines, @ForAll long seed, @ForAll @IntRange(min = 1, max = 4000) int chunk)
            throws IOException {
        LineReader reader = new LineReader(
                new Chunks(lines.stream().map(line -> line + "\r\n").collect(Collectors.joining()), seed, chunk));
        for (String line : lines) {
            assertThat(new String(reader.readLine(MOST), ISO_8859_1)).isEqualTo(line);
        }
        assertThatThrownBy(() -> reader.readLine(MOST)).isInstanceOf(EndOfStream.class);
    }

    @Property(tries = 300)
    void linesAndRunsOfOctetsMayAlternate(
            @ForAll("lines") List<String> lines, @ForAll long seed, @ForAll @IntRange(min = 1, max = 60_000) int chunk)
            throws IOException {
        StringBuilder sent = new StringBuilder();
        for (String line : lines) {
            sent.append(line.length()).append("\r\n").append(line);
        }
        LineReader reader = new LineReader(new Chunks(sent.toString(), seed, chunk));
        for (String line : lines) {
            int length = Integer.parseInt(new String(reader.readLine(20), ISO_8859_1));
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            if ((seed & 1) == 0) {
                reader.readExactly(length, copy);
            } else {
                byte[] some = new byte[Math.max(1, length)];
                while (copy.size() < length) {
                    copy.write(some, 0, reader.read(some, 0, length - copy.size()));
                }
            }
            assertThat(copy.toString(ISO_8859_1)).isEqualTo(line);
        }
        assertThat(reader.hasBuffered()).isFalse();
    }

    @Property(tries = 300)
    void linesThatEndByLfAreToldApart(@ForAll("lines") List<String> lines, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder sent = new StringBuilder();
        List<Line.Ending> endings = new ArrayList<>();
        List<String> clean = lines.stream()
                .map(line -> line.replace('\n', ' ').replace('\r', ' '))
                .toList();
        for (String line : clean) {
            boolean crlf = random.nextBoolean();
            endings.add(crlf ? Line.Ending.CRLF : Line.Ending.BARE_LF);
            sent.append(line).append(crlf ? "\r\n" : "\n");
        }
        LineReader reader = new LineReader(new Chunks(sent.toString(), seed, 500));
        for (int i = 0; i < clean.size(); i++) {
            Line line = reader.nextLine(MOST);
            assertThat(new String(line.octets(), ISO_8859_1)).isEqualTo(clean.get(i));
            assertThat(line.ending()).isEqualTo(endings.get(i));
        }
    }

    @Property(tries = 200)
    void aLineOneOctetOverTheMaximumIsSkippedWhole(
            @ForAll @IntRange(min = 0, max = 5000) int most,
            @ForAll @IntRange(min = 1, max = 9000) int over,
            @ForAll long seed)
            throws IOException {
        String sent = "x".repeat(most) + "\r\n" + "y".repeat(most + over) + "\r\nnext\r\n";
        LineReader reader = new LineReader(new Chunks(sent, seed, 1500));
        assertThat(reader.readLine(most)).hasSize(most);
        assertThatThrownBy(() -> reader.readLine(most))
                .isInstanceOfSatisfying(
                        LineTooLong.class, e -> assertThat(e.skipped()).isTrue());
        assertThat(reader.readLine(Math.max(4, most))).asString(ISO_8859_1).isEqualTo("next");
    }

    @Test
    void aLineWithoutEndIsGivenUp() {
        LineReader reader = new LineReader(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        });
        assertThatThrownBy(() -> reader.readLine(1000))
                .isInstanceOfSatisfying(
                        LineTooLong.class, e -> assertThat(e.skipped()).isFalse());
    }

    @Test
    void aBareCrOrLfIsPartOfAStrictLine() throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream("a\rb\nc\n.\r\r\n".getBytes(ISO_8859_1)));
        assertThat(reader.readLine(100)).asString(ISO_8859_1).isEqualTo("a\rb\nc\n.\r");
    }

    @Test
    void aBareCrMakesALineImproper() throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream("a\rb\r\nab\r\nab\n".getBytes(ISO_8859_1)));
        assertThat(reader.nextLine(100).proper()).isFalse();
        assertThat(reader.nextLine(100).proper()).isTrue();
        assertThat(reader.nextLine(100).proper()).isFalse();
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> line = Arbitraries.strings()
                .withChars("ab \r\n\u00e9.")
                .ofMaxLength(MOST)
                .map(text -> text.replace("\r\n", "-"))
                .map(text -> text.endsWith("\r") ? text + "-" : text);
        return line.list().ofMaxSize(12);
    }

    /** Gives the octets in chunks of random size. */
    private static final class Chunks extends InputStream {
        private final InputStream octets;
        private final Random random;
        private final int most;

        Chunks(String text, long seed, int most) {
            this.octets = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
            this.random = new Random(seed);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            return octets.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return octets.read(into, offset, Math.min(length, 1 + random.nextInt(most)));
        }
    }
}
