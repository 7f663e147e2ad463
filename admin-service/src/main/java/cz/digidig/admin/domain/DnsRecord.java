package cz.digidig.admin.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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
    private static final int ID_OCTETS = 10;

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
     * @param web the name by which browsers reach the webmail, which serves the policy and the set-up of mail programs
     * @param keys the public DKIM keys
     * @param policy the MTA-STS policy as it is served; empty: it is not known
     */
    static List<DnsRecord> of(String domain, String host, String web, List<DkimKey> keys, String policy) {
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
        if (!policy.isEmpty()) {
            records.add(new DnsRecord(
                    "mta-sts", "_mta-sts." + domain, "TXT", "v=STSv1; id=" + policyId(policy) + ";", false));
            records.add(new DnsRecord("mta-sts-host", "mta-sts." + domain, "CNAME", web + ".", false));
        }
        records.add(new DnsRecord("autoconfig", "autoconfig." + domain, "CNAME", web + ".", false));
        records.add(new DnsRecord("srv", "_submissions._tcp." + domain, "SRV", "0 1 465 " + host + ".", false));
        records.add(new DnsRecord("srv", "_submission._tcp." + domain, "SRV", "10 1 587 " + host + ".", false));
        records.add(new DnsRecord("srv", "_imaps._tcp." + domain, "SRV", "0 1 993 " + host + ".", false));
        records.add(new DnsRecord("srv", "_imap._tcp." + domain, "SRV", "10 1 143 " + host + ".", false));
        return records;
    }

    /** Another policy has another id, which is how senders learn of it (RFC 8461 §3.1: at most 32 letters and digits). */
    static String policyId(String policy) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(policy.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_OCTETS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is in every JDK", missing);
        }
    }

    /**
     * A public key for signatures.
     *
     * @param selector where it is published
     * @param record the TXT record's text
     */
    record DkimKey(String selector, String record) {}
}
