package cz.digidig.smtp.mailauth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.dns.DnsTable;
import java.net.InetAddress;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfCheckTest {
    /** The zone of RFC 7208 appendix A, with records of its examples put at names of their own. */
    private static DnsTable zone() {
        DnsTable dns = new DnsTable()
                .exchange("example.com", 10, "mail-a.example.com")
                .exchange("example.com", 20, "mail-b.example.com")
                .address("example.com", "192.0.2.10")
                .address("example.com", "192.0.2.11")
                .address("amy.example.com", "192.0.2.65")
                .address("bob.example.com", "192.0.2.66")
                .address("mail-a.example.com", "192.0.2.129")
                .address("mail-b.example.com", "192.0.2.130")
                .exchange("example.org", 10, "mail-c.example.org")
                .address("mail-c.example.org", "192.0.2.140")
                .pointer("192.0.2.10", "example.com")
                .pointer("192.0.2.65", "amy.example.com")
                .pointer("192.0.2.140", "mail-c.example.org")
                .pointer("10.0.0.4", "bob.example.com");
        return dns;
    }

    private static SpfResult check(DnsTable dns, String client) {
        return SpfCheck.evaluate(
                new SpfQuery(
                        InetAddress.ofLiteral(client), "user", "example.com", "mail.test", "mx.test", Instant.EPOCH),
                dns);
    }

    /** RFC 7208 §A.1. */
    @ParameterizedTest
    @CsvSource({
        "v=spf1 +all, 203.0.113.1, pass",
        "v=spf1 a -all, 192.0.2.10, pass",
        "v=spf1 a -all, 192.0.2.65, fail",
        "v=spf1 a:example.org -all, 192.0.2.10, fail",
        "v=spf1 mx -all, 192.0.2.129, pass",
        "v=spf1 mx -all, 192.0.2.10, fail",
        "v=spf1 mx:example.org -all, 192.0.2.140, pass",
        "v=spf1 mx mx:example.org -all, 192.0.2.130, pass",
        "v=spf1 mx/30 mx:example.org/30 -all, 192.0.2.131, pass",
        "v=spf1 mx/30 mx:example.org/30 -all, 192.0.2.143, pass",
        "v=spf1 mx/30 mx:example.org/30 -all, 192.0.2.144, fail",
        "v=spf1 ptr -all, 192.0.2.10, pass",
        "v=spf1 ptr -all, 192.0.2.65, pass",
        "v=spf1 ptr -all, 192.0.2.140, fail",
        "v=spf1 ptr -all, 10.0.0.4, fail",
        "v=spf1 ip4:192.0.2.128/28 -all, 192.0.2.129, pass",
        "v=spf1 ip4:192.0.2.128/28 -all, 192.0.2.65, fail",
    })
    void theExamplesOfTheStandard(String record, String client, String result) {
        assertThat(check(zone().text("example.com", record), client).word()).isEqualTo(result);
    }

    @Test
    void includesWithoutEndAreAPermanentError() {
        DnsTable dns = new DnsTable()
                .text("example.com", "v=spf1 include:other.example -all")
                .text("other.example", "v=spf1 include:example.com -all");
        assertThat(check(dns, "192.0.2.1").word()).isEqualTo("permerror");
        assertThat(dns.asked()).isLessThan(20);
    }

    @Test
    void redirectsWithoutEndAreAPermanentError() {
        DnsTable dns = new DnsTable().text("example.com", "v=spf1 redirect=example.com");
        assertThat(check(dns, "192.0.2.1").word()).isEqualTo("permerror");
        assertThat(dns.asked()).isLessThan(20);
    }

    @Test
    void lookupsThatFindNothingAreCounted() {
        DnsTable dns =
                new DnsTable().text("example.com", "v=spf1 a:a.example a:b.example a:c.example ip4:192.0.2.1 -all");
        assertThat(check(dns, "192.0.2.1").word()).isEqualTo("permerror");
    }

    @Test
    void aHugeRecordEndsSoon() {
        DnsTable dns = new DnsTable().text("example.com", "v=spf1" + " ip4:192.0.2.1".repeat(4000));
        assertThat(check(dns, "192.0.2.2").word()).isEqualTo("permerror");
    }

    @Test
    void silenceIsTemporary() {
        DnsTable dns = new DnsTable().text("example.com", "v=spf1 mx -all").silent("example.com");
        assertThat(check(dns, "192.0.2.2").word()).isEqualTo("temperror");
    }

    @Property(tries = 2000)
    void noRecordBreaksIt(@ForAll String record) {
        assertThat(check(new DnsTable().text("example.com", "v=spf1 " + record), "192.0.2.2")
                        .word())
                .isNotEmpty();
    }
}
