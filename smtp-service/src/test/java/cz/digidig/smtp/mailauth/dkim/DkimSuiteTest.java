package cz.digidig.smtp.mailauth.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.dns.DnsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The signed messages of other projects, in the folder that {@code -Ddigidig.standards=FOLDER} names. There, a message's
 * name says what comes of it.
 */
@EnabledIfSystemProperty(named = "digidig.standards", matches = ".+")
class DkimSuiteTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("digidig.standards", "")).resolve("dkim");

    private static byte[] message(Path file) throws IOException {
        return wire(Files.readString(file, ISO_8859_1));
    }

    private static byte[] wire(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(ISO_8859_1);
    }

    private static List<Path> files(String folder, String pattern) throws IOException {
        try (Stream<Path> all = Files.list(FOLDER.resolve(folder))) {
            return all.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    private static DnsTable keys(List<String> lines) {
        DnsTable dns = new DnsTable();
        for (String line : lines) {
            String[] parts = line.strip().split("\\s+", 2);
            if (parts.length == 2 && !parts[0].startsWith("#")) {
                if (parts[1].startsWith("~~")) {
                    dns.silent(parts[0]);
                } else {
                    dns.text(parts[0], parts[1]);
                }
            }
        }
        return dns;
    }

    private static List<DkimResult> valid(List<DkimResult> results) {
        return results.stream().filter(DkimResult.Valid.class::isInstance).toList();
    }

    @Test
    void mailDkim() throws IOException {
        DnsTable dns = keys(Files.readAllLines(FOLDER.resolve("mail-dkim/FAKE_DNS.dat")));
        List<Path> files = files("mail-dkim", ".*\\.eml");
        for (Path file : files) {
            List<DkimResult> results = Verification.of(message(file), dns);
            String name = file.getFileName().toString();
            if (name.matches("(good_dk|bad_dk|dk)_.*")) {
                // DomainKeys (RFC 4870, historic) are not looked at.
                assertThat(results).as(name).isEmpty();
            } else if (name.startsWith("good_ietf00")) {
                // A draft's form, without bh=.
                assertThat(results).as(name).extracting(DkimResult::word).containsExactly("permerror");
            } else if (name.matches("(good|mine|multiple|no_body).*")) {
                assertThat(valid(results)).as("%s: %s", name, results).isNotEmpty();
            } else {
                assertThat(results).as(name).isNotEmpty();
                assertThat(valid(results)).as(name).isEmpty();
            }
        }
        System.out.printf("mail-dkim: %d messages%n", files.size());
    }

    @Test
    void ofSeveralSignaturesEachIsJudged() throws IOException {
        DnsTable dns = keys(Files.readAllLines(FOLDER.resolve("mail-dkim/FAKE_DNS.dat")));
        assertThat(Verification.of(message(FOLDER.resolve("mail-dkim/multiple_2.eml")), dns))
                .extracting(result -> result.getClass().getSimpleName())
                .containsExactly("Valid", "Fail", "Neutral", "PermError");
        assertThat(Verification.of(message(FOLDER.resolve("mail-dkim/ignore_7.eml")), dns))
                .extracting(DkimResult::why)
                .containsExactly("the signature has expired");
    }

    @Test
    void mailAuth() throws IOException {
        List<Path> files = files("mail-auth", "dkim-.*\\.txt");
        for (Path file : files) {
            String[] parts =
                    Files.readString(file, ISO_8859_1).replace("\r\n", "\n").split("\n\n", 2);
            List<DkimResult> results =
                    Verification.of(wire(parts[1]), keys(parts[0].lines().toList()));
            assertThat(results).as(file.getFileName().toString()).isNotEmpty().allSatisfy(result -> assertThat(result)
                    .isInstanceOf(DkimResult.Valid.class));
        }
        System.out.printf("mail-auth: %d messages%n", files.size());
    }

    /** Their keys are not published, so what can be judged is the body's hash, and what has no key. */
    @Test
    void spamAssassin() throws IOException {
        List<Path> files = files("spamassassin", ".*\\.eml");
        DnsTable silent = new DnsTable();
        for (String selector :
                List.of("t0768", "t0000", "t0512", "t0640", "t1024b", "t1024", "t1280", "t1536", "t2048", "t2048b")) {
            silent.silent(selector + "._domainkey.sa-test.spamassassin.org");
        }
        for (Path file : files) {
            List<DkimResult> results = Verification.of(message(file), silent);
            String name = file.getFileName().toString();
            if (name.startsWith("test-pass")) {
                assertThat(results).as(name).isNotEmpty().anySatisfy(result -> assertThat(result)
                        .isInstanceOf(DkimResult.TempError.class));
            } else {
                assertThat(results).as(name).noneMatch(DkimResult.Valid.class::isInstance);
            }
        }
        System.out.printf("spamassassin: %d messages%n", files.size());
    }
}
