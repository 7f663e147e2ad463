package cz.digidig.smtp.mailauth.dmarc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.dns.DnsTable;
import cz.digidig.smtp.mailauth.HeaderField;
import cz.digidig.smtp.mailauth.MessageHeader;
import cz.digidig.smtp.mailauth.dmarc.DmarcCheck.Authenticated;
import java.io.IOException;
import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmarcTest {
    private static final Authenticated NOTHING = new Authenticated("", false, List.of(), List.of());

    private static Set<String> authors(String... froms) {
        List<HeaderField> fields = new ArrayList<>();
        for (String from : froms) {
            fields.add(HeaderField.of(("From: " + from + "\r\n").getBytes(UTF_8)));
        }
        return AuthorDomains.of(new MessageHeader(fields, true));
    }

    private static DmarcResult check(String record, String author, Authenticated found, int sample) {
        DnsTable dns = new DnsTable();
        if (!record.isEmpty()) {
            dns.text("_dmarc.example.org", record);
        }
        return DmarcCheck.evaluate(Set.of(author), found, sample, dns);
    }

    private static Authenticated dkim(String domain) {
        return new Authenticated("", false, List.of(domain), List.of());
    }

    private static Authenticated spf(String domain) {
        return new Authenticated(domain, false, List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a@example.org|example.org",
                "Joe <a@Example.ORG>|example.org",
                "\"x@evil.example\" <a@example.org>|example.org",
                "x@evil.example <a@example.org>|example.org",
                "(x@evil.example) a@example.org (c \\) d)|example.org",
                "\"a@b\"@example.org|example.org",
                "Group: a@example.org, b@example.org;|example.org",
                "<@relay.example,@b.example:a@example.org>|example.org",
                "a@žluť.example|xn--lu-8fa8s.example",
                "a @ example.org|example.org",
            })
    void anAuthorHasADomain(String from, String domain) {
        assertThat(authors(from)).hasSize(1);
        if (!domain.startsWith("xn--")) {
            assertThat(authors(from)).containsExactly(domain);
        }
    }

    @Test
    void severalAuthorsHaveSeveral() {
        assertThat(authors("a@one.example, B <b@two.example>")).containsExactly("one.example", "two.example");
        assertThat(authors("a@one.example", "b@two.example")).hasSize(2);
        assertThat(authors("<a@one.example> <b@two.example>")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"nobody", "a@", "<>", "a@b..example", "undisclosed:;", "'a@one.example, nobody'"})
    void whatCantBeReadIsNobodys(String from) {
        assertThat(authors(from)).isEmpty();
    }

    @Test
    void alignmentIsOfTheOrganization() {
        String record = "v=DMARC1; p=reject";
        assertThat(check(record, "example.org", dkim("example.org"), 0).word()).isEqualTo("pass");
        assertThat(check(record, "a.example.org", dkim("b.example.org"), 0).word())
                .isEqualTo("pass");
        assertThat(check(record, "example.org", spf("bounces.example.org"), 0).word())
                .isEqualTo("pass");
        assertThat(check(record, "example.org", dkim("example.com"), 0).word()).isEqualTo("fail");
        assertThat(check(record, "example.org", NOTHING, 0).applied()).isEqualTo(Policy.REJECT);
        String strict = "v=DMARC1; p=reject; adkim=s; aspf=s";
        assertThat(check(strict, "example.org", dkim("a.example.org"), 0).word())
                .isEqualTo("fail");
        assertThat(check(strict, "example.org", spf("a.example.org"), 0).word()).isEqualTo("fail");
        assertThat(check(strict, "example.org", spf("example.org"), 0).word()).isEqualTo("pass");
    }

    @Test
    void subdomainsHaveTheirOwnPolicy() {
        String record = "v=DMARC1; p=reject; sp=none";
        assertThat(check(record, "a.example.org", NOTHING, 0).applied()).isEqualTo(Policy.NONE);
        assertThat(check("v=DMARC1; p=quarantine", "a.example.org", NOTHING, 0).applied())
                .isEqualTo(Policy.QUARANTINE);
        assertThat(check(record, "example.org", NOTHING, 0).applied()).isEqualTo(Policy.REJECT);
    }

    @Test
    void aPercentageGetsThePolicyTheRestAMilderOne() {
        String record = "v=DMARC1; p=reject; pct=30";
        assertThat(check(record, "example.org", NOTHING, 29).applied()).isEqualTo(Policy.REJECT);
        assertThat(check(record, "example.org", NOTHING, 30).applied()).isEqualTo(Policy.QUARANTINE);
        assertThat(check("v=DMARC1; p=quarantine; pct=0", "example.org", NOTHING, 0)
                        .applied())
                .isEqualTo(Policy.NONE);
    }

    @ParameterizedTest
    @CsvSource({"''", "v=DMARC2; p=reject", "p=reject; v=DMARC1", "v=DMARC1", "v=DMARC1; p=maybe"})
    void whatIsNoPolicyIsNone(String record) {
        assertThat(check(record, "example.org", NOTHING, 0).word()).isEqualTo("none");
    }

    @Test
    void whoWantsReportsHasAPolicy() {
        DmarcResult result = check("v=DMARC1; rua=mailto:d@example.org; p=maybe", "example.org", NOTHING, 0);
        assertThat(result.word()).isEqualTo("fail");
        assertThat(result.applied()).isEqualTo(Policy.NONE);
        assertThat(result.reports()).isTrue();
    }

    @Test
    void severalRecordsAreNone() {
        DnsTable dns = new DnsTable()
                .text("_dmarc.example.org", "v=DMARC1; p=reject")
                .text("_dmarc.example.org", "v=DMARC1; p=none")
                .text("_dmarc.example.org", "other");
        assertThat(DmarcCheck.evaluate(Set.of("example.org"), NOTHING, 0, dns).word())
                .isEqualTo("none");
    }

    @Test
    void whatIsNotKnownNowIsTemporary() {
        DnsTable silent = new DnsTable().silent("_dmarc.example.org");
        assertThat(DmarcCheck.evaluate(Set.of("example.org"), NOTHING, 0, silent)
                        .word())
                .isEqualTo("temperror");
        Authenticated later = new Authenticated("", false, List.of(), List.of("example.org"));
        assertThat(check("v=DMARC1; p=reject", "example.org", later, 0).word()).isEqualTo("temperror");
        Authenticated others = new Authenticated("", false, List.of(), List.of("example.com"));
        assertThat(check("v=DMARC1; p=reject", "example.org", others, 0).word()).isEqualTo("fail");
    }

    @Test
    void ofSeveralAuthorsTheStrictestThatFailsCounts() {
        DnsTable dns = new DnsTable()
                .text("_dmarc.example.org", "v=DMARC1; p=none")
                .text("_dmarc.example.com", "v=DMARC1; p=reject");
        Set<String> both = Set.of("example.org", "example.com");
        assertThat(DmarcCheck.evaluate(both, dkim("example.org"), 0, dns).applied())
                .isEqualTo(Policy.REJECT);
        assertThat(DmarcCheck.evaluate(Set.of(), NOTHING, 0, dns).word()).isEqualTo("permerror");
    }

    /** The public suffix list's own cases. */
    @Test
    @EnabledIfSystemProperty(named = "digidig.standards", matches = ".+")
    void organizationalDomains() throws IOException {
        Pattern line = Pattern.compile("checkPublicSuffix\\('([^']*)', (?:'([^']*)'|null)\\);");
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (String text : Files.readAllLines(
                Path.of(System.getProperty("digidig.standards")).resolve("dmarc/test_psl.txt"))) {
            Matcher matcher = line.matcher(text);
            if (matcher.matches()) {
                cases++;
                String expected = matcher.group(2) == null ? "" : IDN.toASCII(matcher.group(2));
                String got = OrganizationalDomain.of(matcher.group(1)).orElse("");
                if (!got.equals(expected)) {
                    wrong.add("%s: expected '%s', got '%s'".formatted(matcher.group(1), expected, got));
                }
            }
        }
        System.out.printf("public suffixes: %d cases%n", cases);
        assertThat(wrong).isEmpty();
    }
}
