package cz.digidig.smtp.mailauth.results;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.mailauth.HeaderField;
import cz.digidig.smtp.mailauth.MessageHeader;
import cz.digidig.smtp.mailauth.MessageSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationResultsTest {
    private static Optional<AuthenticationResults> read(String value) {
        return AuthenticationResults.parse(
                HeaderField.of(("Authentication-Results:" + value + "\r\n").getBytes(UTF_8)));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("smtp.mailfrom", "someone@example.org");
        properties.put("header.b", "abc+/=");
        properties.put("policy.iprev", "2001:db8::1");
        AuthenticationResults results = new AuthenticationResults(
                "mail.example.org",
                List.of(
                        new MethodResult("spf", "pass", "", properties),
                        new MethodResult("dkim", "fail", "the \"body\" \\ was\r\nchanged; ž", Map.of())));
        String text = new String(results.octets(), UTF_8);
        assertThat(text).endsWith("\r\n").matches("(?s)[\\x00-\\x7f]*");
        AuthenticationResults read =
                AuthenticationResults.parse(HeaderField.of(results.octets())).orElseThrow();
        assertThat(read.server()).isEqualTo("mail.example.org");
        assertThat(read.results().get(0)).isEqualTo(results.results().get(0));
        assertThat(read.results().get(1).reason()).isEqualTo("the \"body\" \\ was??changed; ?");
    }

    @Test
    void noResultsAreNone() {
        String text = new String(new AuthenticationResults("a.example", List.of()).octets(), UTF_8);
        assertThat(text).isEqualTo("Authentication-Results: a.example; none\r\n");
        assertThat(read(" a.example 1;\r\n none (really)").orElseThrow().results())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " a.example",
                " a.example;",
                " ; none",
                " a.example; spf",
                " a.example; spf=",
                " a; none; none",
                " a; spf=pass x",
                " a; spf=pass x=y",
                " a (b; spf=pass",
                " a; =pass"
            })
    void whatBreaksTheGrammarIsNotRead(String value) {
        assertThat(read(value)).isEmpty();
    }

    @Property(tries = 1000)
    void noTextBreaksIt(@ForAll String text) {
        read(text).ifPresent(results -> assertThat(results.server()).isNotNull());
    }

    /** The messages of another project; in each the newest field counts, and the name says what is with it. */
    @Test
    @EnabledIfSystemProperty(named = "digidig.standards", matches = ".+")
    void theirMessages() throws IOException {
        List<Path> files;
        try (Stream<Path> all =
                Files.list(Path.of(System.getProperty("digidig.standards")).resolve("authentication-results"))) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            Optional<AuthenticationResults> newest = AuthenticationResults.parse(
                    header(file).named(AuthenticationResults.NAME).getFirst());
            assertThat(newest.isPresent()).as(name).isEqualTo(!name.contains("parsing_error"));
            if (name.contains("failed")) {
                assertThat(newest.orElseThrow().results())
                        .as(name)
                        .anyMatch(result -> result.method().equals("dkim")
                                && result.result().equals("fail"));
            } else if (name.contains("valid")) {
                assertThat(newest.orElseThrow().results())
                        .as(name)
                        .anyMatch(result -> result.method().equals("dkim")
                                && result.result().equals("pass"));
            } else if (name.contains("multiple_dkim")) {
                assertThat(newest.orElseThrow().results()).as(name).hasSizeGreaterThan(1);
            }
        }
        System.out.printf("Authentication-Results: %d messages%n", files.size());
    }

    private static MessageHeader header(Path file) throws IOException {
        List<MessageHeader> read = new ArrayList<>();
        try (MessageSplitter splitter = new MessageSplitter(new MessageSplitter.Parts() {
            @Override
            public void header(MessageHeader header) {
                read.add(header);
            }

            @Override
            public void body(byte[] octets, int offset, int count) {
                // Not looked at.
            }
        })) {
            byte[] octets = Files.readString(file, ISO_8859_1)
                    .replace("\r\n", "\n")
                    .replace("\n", "\r\n")
                    .getBytes(ISO_8859_1);
            splitter.write(octets, 0, octets.length);
        }
        return read.getFirst();
    }
}
