package cz.digidig.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the transcripts against a server. A line {@code C: ...} is sent, {@code S: ...} must come; {@code C2:} and {@code
 * S2:} are a second client's; {@code ...} in an expected line stands for anything, {@code S~: prefix} skips lines up to
 * one with that beginning. All clients are logged in.
 */
class ImapTranscriptIT {
    @TempDir
    Path folder;

    static Stream<Path> transcripts() throws IOException, URISyntaxException {
        Path all = Path.of(ImapTranscriptIT.class.getResource("/transcripts").toURI());
        try (Stream<Path> files = Files.list(all)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theServerAnswersAsWritten(Path transcript) throws IOException {
        List<String> lines = Files.readAllLines(transcript);
        Map<String, RawClient> clients = new HashMap<>();
        try (TestServer server = new TestServer(folder)) {
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                int colon = line.indexOf(':');
                String who = line.substring(0, colon);
                String text = line.length() > colon + 2 ? line.substring(colon + 2) : "";
                String number = who.substring(1).replace("~", "");
                RawClient client = clients.get(number);
                if (client == null) {
                    client = server.loggedIn();
                    clients.put(number, client);
                }
                if (who.startsWith("C")) {
                    client.send(text + "\r\n");
                } else {
                    expect(client, who.endsWith("~"), text, transcript.getFileName() + ":" + (i + 1));
                }
            }
        } finally {
            for (RawClient client : clients.values()) {
                client.close();
            }
        }
    }

    private static void expect(RawClient client, boolean skip, String text, String where) throws IOException {
        String line = client.line();
        while (skip && !line.startsWith(text) && !line.equals("<end>")) {
            line = client.line();
        }
        if (skip) {
            assertThat(line).as(where).startsWith(text);
            return;
        }
        String pattern = Stream.of(text.split(Pattern.quote("..."), -1))
                .map(Pattern::quote)
                .reduce((one, other) -> one + ".*" + other)
                .orElse("");
        assertThat(line).as(where).matches(pattern);
    }
}
