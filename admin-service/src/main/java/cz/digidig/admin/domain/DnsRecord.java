package cz.digidig.admin.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * A record to be published.
 *
 * @param purpose what it is for, a message key's end: {@code mx}, {@code spf}, ...
 * @param name the owner, without a final dot
 * @param type {@code MX}, {@code TXT}, {@code SRV}, {@code CNAME}
 * @param value as in a zone file
 * @param needed false: mail works without it
 */
record DnsRecord(String purpose, String name, String type, String value, boolean needed) {
    private static final int MOST_STRING = 255;

    /** As a line of a zone file (RFC 1035 §5). */
    String zoneLine() {
        return name + ". 3600 IN " + type + " " + (type.equals("TXT") ? quoted(value) : value);
    }

    /** Long texts are several strings of at most 255 octets. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < text.length() || i == 0; i += MOST_STRING) {
            String part = text.substring(i, Math.min(text.length(), i + MOST_STRING));
            quoted.append(quoted.isEmpty() ? "" : " ")
                    .append('"')
                    .append(part.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return quoted.toString();
    }

    /**
     * What a domain needs.
     *
     * @param domain its name in ASCII
     * @param host the name of this server
     * @param keys the public DKIM keys
     */
    static List<DnsRecord> of(String domain, String host, List<DkimKey> keys) {
        List<DnsRecord> records = new ArrayList<>();
        records.add(new DnsRecord("mx", domain, "MX", "10 " + host + ".", true));
        records.add(new DnsRecord("spf", domain, "TXT", "v=spf1 mx -all", true));
        for (DkimKey key : keys) {
            records.add(new DnsRecord("dkim", key.selector() + "._domainkey." + domain, "TXT", key.record(), true));
        }
        records.add(new DnsRecord(
                "dmarc", "_dmarc." + domain, "TXT", "v=DMARC1; p=quarantine; rua=mailto:postmaster@" + domain, true));
        records.add(new DnsRecord(
                "tls-rpt", "_smtp._tls." + domain, "TXT", "v=TLSRPTv1; rua=mailto:postmaster@" + domain, false));
        records.add(new DnsRecord("srv", "_submissions._tcp." + domain, "SRV", "0 1 465 " + host + ".", false));
        records.add(new DnsRecord("srv", "_submission._tcp." + domain, "SRV", "10 1 587 " + host + ".", false));
        records.add(new DnsRecord("srv", "_imaps._tcp." + domain, "SRV", "0 1 993 " + host + ".", false));
        records.add(new DnsRecord("srv", "_imap._tcp." + domain, "SRV", "10 1 143 " + host + ".", false));
        return records;
    }

    /**
     * A public key for signatures.
     *
     * @param selector where it is published
     * @param record the TXT record's text
     */
    record DkimKey(String selector, String record) {}
}
