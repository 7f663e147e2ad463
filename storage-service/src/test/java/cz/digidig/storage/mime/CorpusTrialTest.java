package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Parses every message in the folder that {@code -Ddigidig.corpus} names, and writes what came of it beside it where {@code
 * -Ddigidig.corpus.results} names a file: a line {@code path TAB envelope TAB bodystructure} each, escaped as in C, for
 * comparing with another parser.
 */
@EnabledIfSystemProperty(named = "digidig.corpus", matches = ".+")
class CorpusTrialTest {
    @Test
    void everyMessageOfTheCorpusIsParsedToLegalTexts() throws IOException {
        Path folder = Path.of(System.getProperty("digidig.corpus"));
        String results = System.getProperty("digidig.corpus.results", "");
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(CorpusTrialTest::isMessage).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        StringBuilder failures = new StringBuilder();
        try (PrintWriter writer = results.isEmpty() ? null : new PrintWriter(results, ISO_8859_1)) {
            for (Path file : files) {
                byte[] octets = withCrlf(Files.readAllBytes(file));
                long start = System.nanoTime();
                try {
                    ParsedMessage message = Checked.parse(octets);
                    if (writer != null) {
                        writer.println(folder.relativize(file) + "\t" + escape(message.envelope()) + "\t"
                                + escape(message.bodyStructure()));
                    }
                } catch (RuntimeException | AssertionError failure) {
                    failures.append(file).append(": ").append(failure).append('\n');
                }
                long millis = (System.nanoTime() - start) / 1_000_000;
                if (millis > 1000) {
                    failures.append(file).append(": ").append(millis).append(" ms\n");
                }
            }
        }
        assertThat(failures.toString()).isEmpty();
    }

    private static boolean isMessage(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".eml")
                || (name.endsWith(".txt") && file.toString().contains("bodystructure"));
    }

    static byte[] withCrlf(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + octets.length / 40);
        byte before = 0;
        for (byte c : octets) {
            if (c == '\n' && before != '\r') {
                out.write('\r');
            }
            out.write(c);
            before = c;
        }
        return out.toByteArray();
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
    }
}
