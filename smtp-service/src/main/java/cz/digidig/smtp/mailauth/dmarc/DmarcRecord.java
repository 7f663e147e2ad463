package cz.digidig.smtp.mailauth.dmarc;

import cz.digidig.smtp.mailauth.TagList;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain's published policy (RFC 7489 §6.3).
 *
 * @param policy for the domain itself
 * @param subdomainPolicy for names below it
 * @param strictDkim whether DKIM's domain must be the author's exactly
 * @param strictSpf whether SPF's must
 * @param percent how many of a hundred failing messages the policy is for
 * @param reports whether the domain asks for aggregate reports
 */
record DmarcRecord(
        Policy policy, Policy subdomainPolicy, boolean strictDkim, boolean strictSpf, int percent, boolean reports) {
    private static final String VERSION = "DMARC1";

    static boolean isDmarc(String text) {
        return TagList.parse(text)
                .filter(tags -> tags.first().equals("v"))
                .flatMap(tags -> tags.get("v"))
                .filter(VERSION::equals)
                .isPresent();
    }

    /** Reads a record; empty: it says nothing that can be followed (§6.6.3). */
    static Optional<DmarcRecord> parse(String text) {
        Optional<TagList> read = TagList.parse(text);
        if (!isDmarc(text) || read.isEmpty()) {
            return Optional.empty();
        }
        TagList tags = read.get();
        Optional<Policy> policy = tags.get("p").flatMap(Policy::named);
        Optional<Policy> subdomains =
                tags.get("sp").isPresent() ? tags.get("sp").flatMap(Policy::named) : policy;
        boolean reports = tags.get("rua")
                .filter(uri -> uri.toLowerCase(Locale.ROOT).contains("mailto:"))
                .isPresent();
        if (policy.isEmpty() || subdomains.isEmpty()) {
            // Who wants reports is taken to mean none; who doesn't, has no record.
            return reports
                    ? Optional.of(new DmarcRecord(
                            Policy.NONE, Policy.NONE, strict(tags, "adkim"), strict(tags, "aspf"), 100, true))
                    : Optional.empty();
        }
        return Optional.of(new DmarcRecord(
                policy.get(), subdomains.get(), strict(tags, "adkim"), strict(tags, "aspf"), percent(tags), reports));
    }

    private static boolean strict(TagList tags, String name) {
        return tags.get(name).filter("s"::equalsIgnoreCase).isPresent();
    }

    private static int percent(TagList tags) {
        String value = tags.get("pct").orElse("100");
        boolean number =
                !value.isEmpty() && value.length() <= 3 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Math.min(100, Integer.parseInt(value)) : 100;
    }
}
