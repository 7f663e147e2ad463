package cz.digidig.smtp.mailauth.dmarc;

import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.dns.DnsAnswer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Evaluates DMARC for one message (RFC 7489 §6.6). */
public final class DmarcCheck {
    /** Authors of more domains than this are nobody's in particular. */
    private static final int MOST_AUTHORS = 5;

    private static final String PREFIX = "_dmarc.";

    /** A lookup's end that is not a record. */
    private sealed interface Found {}

    private record Published(String domain, DmarcRecord record, boolean below) implements Found {}

    private record Unpublished() implements Found {}

    private record Unknown(String why) implements Found {}

    private DmarcCheck() {}

    /**
     * What SPF and DKIM found.
     *
     * @param spfDomain the domain that SPF passed for; empty: it did not pass
     * @param spfUnknown whether SPF may pass another time
     * @param dkimDomains domains of good signatures
     * @param dkimUnknown domains of signatures that may be good another time
     */
    public record Authenticated(
            String spfDomain, boolean spfUnknown, Collection<String> dkimDomains, Collection<String> dkimUnknown) {
        public Authenticated {
            dkimDomains = List.copyOf(dkimDomains);
            dkimUnknown = List.copyOf(dkimUnknown);
        }
    }

    /**
     * Evaluates; of several authors' domains, the strictest policy of those that fail counts.
     *
     * @param authors {@link AuthorDomains}
     * @param sample 0 to 99, by chance: whether this is one of the {@code pct} messages
     */
    public static DmarcResult evaluate(Set<String> authors, Authenticated authenticated, int sample, Dns dns) {
        if (authors.isEmpty() || authors.size() > MOST_AUTHORS) {
            return DmarcResult.without(
                    DmarcResult.Outcome.PERMERROR, "", authors.isEmpty() ? "no author" : "too many authors");
        }
        return authors.stream()
                .map(author -> one(author, authenticated, sample, dns))
                .max((a, b) -> Integer.compare(severity(a), severity(b)))
                .orElseThrow();
    }

    private static int severity(DmarcResult result) {
        return switch (result.outcome()) {
            case FAIL ->
                switch (result.applied()) {
                    case REJECT -> 7;
                    case QUARANTINE -> 6;
                    case NONE -> 5;
                };
            case PERMERROR -> 4;
            case TEMPERROR -> 3;
            case NONE -> 2;
            case PASS -> 1;
        };
    }

    private static DmarcResult one(String author, Authenticated authenticated, int sample, Dns dns) {
        return switch (record(author, dns)) {
            case Unknown unknown -> DmarcResult.without(DmarcResult.Outcome.TEMPERROR, author, unknown.why());
            case Unpublished nothing ->
                DmarcResult.without(DmarcResult.Outcome.NONE, author, "the domain publishes no policy");
            case Published published -> judge(author, published, authenticated, sample);
        };
    }

    /** The record of the domain, or of the one above it that was registered (§6.6.3). */
    private static Found record(String author, Dns dns) {
        Found own = lookUp(author, false, dns);
        Optional<String> above = OrganizationalDomain.of(author);
        return own instanceof Unpublished && above.isPresent() && !above.get().equals(author)
                ? lookUp(above.get(), true, dns)
                : own;
    }

    private static Found lookUp(String domain, boolean below, Dns dns) {
        return switch (dns.text(PREFIX + domain)) {
            case DnsAnswer.Failed<String> failed -> new Unknown("lookup of " + PREFIX + domain + ": " + failed.why());
            case DnsAnswer.Missing<String> missing -> new Unpublished();
            case DnsAnswer.Found<String> found -> {
                List<String> records =
                        found.records().stream().filter(DmarcRecord::isDmarc).toList();
                // Several are as good as none.
                Optional<DmarcRecord> record =
                        records.size() == 1 ? DmarcRecord.parse(records.getFirst()) : Optional.empty();
                yield record.isPresent() ? new Published(domain, record.get(), below) : new Unpublished();
            }
        };
    }

    private static DmarcResult judge(String author, Published published, Authenticated authenticated, int sample) {
        DmarcRecord record = published.record();
        boolean dkim =
                authenticated.dkimDomains().stream().anyMatch(domain -> aligned(domain, author, record.strictDkim()));
        boolean spf = aligned(authenticated.spfDomain(), author, record.strictSpf());
        Policy asked = published.below() ? record.subdomainPolicy() : record.policy();
        boolean unknown = authenticated.spfUnknown()
                || authenticated.dkimUnknown().stream()
                        .anyMatch(domain -> aligned(domain, author, record.strictDkim()));
        DmarcResult.Outcome outcome = DmarcResult.Outcome.FAIL;
        String why = "neither SPF nor DKIM passes for " + author;
        if (dkim || spf) {
            outcome = DmarcResult.Outcome.PASS;
            why = dkim && spf ? "by SPF and DKIM" : dkim ? "by DKIM" : "by SPF";
        } else if (unknown) {
            outcome = DmarcResult.Outcome.TEMPERROR;
            why = "SPF or DKIM can't be judged now";
        }
        Policy applied = Policy.NONE;
        if (outcome == DmarcResult.Outcome.FAIL) {
            applied = sample < record.percent() ? asked : asked.milder();
        }
        return new DmarcResult(outcome, author, published.domain(), asked, applied, dkim, spf, record.reports(), why);
    }

    private static boolean aligned(String domain, String author, boolean strict) {
        if (domain.isEmpty()) {
            return false;
        }
        if (domain.equals(author)) {
            return true;
        }
        Optional<String> root = OrganizationalDomain.of(domain);
        return !strict && root.isPresent() && root.equals(OrganizationalDomain.of(author));
    }
}
