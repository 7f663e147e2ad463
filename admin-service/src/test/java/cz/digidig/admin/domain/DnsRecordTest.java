package cz.digidig.admin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DnsRecordTest {
    @Test
    void aLongTextIsSeveralStringsOfAZoneFile() {
        String key = "v=DKIM1; p=" + "A".repeat(400);
        List<DnsRecord> records = DnsRecord.of(
                "a.example", "mail.b.example", "web.b.example", List.of(new DnsRecord.DkimKey("s1", key)), "");
        String line = records.stream()
                .filter(record -> record.purpose().equals("dkim"))
                .findFirst()
                .orElseThrow()
                .zoneLine();
        assertThat(line)
                .startsWith("s1._domainkey.a.example. 3600 IN TXT \"v=DKIM1")
                .contains("A\" \"A");
        assertThat(records.getFirst().zoneLine()).isEqualTo("a.example. 3600 IN MX 10 mail.b.example.");
    }

    @Test
    void textsOfOtherPurposesDontCount() {
        DnsRecord spf = new DnsRecord("spf", "a.example", "TXT", "v=spf1 mx -all", true);
        assertThat(DnsLookup.judged(spf, List.of("verification=1", "V=SPF1  mx -all")))
                .isEqualTo(DnsLookup.State.RIGHT);
        assertThat(DnsLookup.judged(spf, List.of("v=spf1 ~all"))).isEqualTo(DnsLookup.State.OTHER);
        assertThat(DnsLookup.judged(spf, List.of("verification=1"))).isEqualTo(DnsLookup.State.MISSING);
    }

    @Test
    void anotherPolicyHasAnotherId() {
        String testing = "version: STSv1\r\nmode: testing\r\nmx: mail.b.example\r\nmax_age: 604800\r\n";
        List<String> records = Stream.of(testing, testing.replace("testing", "enforce"), testing)
                .flatMap(policy ->
                        DnsRecord.of("a.example", "mail.b.example", "web.b.example", List.of(), policy).stream()
                                .filter(record -> record.purpose().equals("mta-sts")))
                .map(DnsRecord::value)
                .toList();

        assertThat(records).allMatch(record -> record.matches("v=STSv1; id=[a-z0-9]{1,32};"));
        assertThat(records.get(0)).isEqualTo(records.get(2)).isNotEqualTo(records.get(1));
        DnsRecord record = new DnsRecord("mta-sts", "_mta-sts.a.example", "TXT", "v=STSv1; id=1;", false);
        assertThat(DnsLookup.judged(record, List.of("v=STSv1; id=1"))).isEqualTo(DnsLookup.State.RIGHT);
        assertThat(DnsLookup.judged(record, List.of("v=STSv1; id=2;"))).isEqualTo(DnsLookup.State.OTHER);
    }
}
