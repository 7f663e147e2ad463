package cz.digidig.smtp.mailauth.spf;

import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.dns.DnsAnswer;
import cz.digidig.smtp.dns.MailExchange;
import cz.digidig.smtp.mailauth.spf.Mechanism.Directive;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One evaluation of {@code check_host()} (RFC 7208 §4). */
public final class SpfCheck {
    /** Terms that cause lookups (§4.6.4). */
    private static final int MOST_LOOKUPS = 10;
    /** Lookups that find nothing (§4.6.4). */
    private static final int MOST_VOID = 2;
    /** Mail exchangers of one {@code mx}, names of one {@code ptr} (§4.6.4). */
    private static final int MOST_NAMES = 10;

    private static final int LONGEST_EXPLANATION = 400;
    private static final String UNKNOWN = "unknown";

    private final SpfQuery query;
    private final Dns dns;
    private int lookups;
    private int voids;

    private SpfCheck(SpfQuery query, Dns dns) {
        this.query = query;
        this.dns = dns;
    }

    /** Evaluates; the {@code Dns} bounds how long that takes. */
    public static SpfResult evaluate(SpfQuery query, Dns dns) {
        try {
            return new SpfCheck(query, dns).host(query.domain());
        } catch (SpfError error) {
            return error.result();
        }
    }

    private SpfResult host(String name) throws SpfError {
        String domain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (!isDomain(domain)) {
            return new SpfResult(SpfResult.Outcome.NONE, "not a domain");
        }
        List<String> records = new ArrayList<>();
        switch (dns.text(domain)) {
            case DnsAnswer.Failed<String> failed -> throw temporary(domain, failed.why());
            case DnsAnswer.Missing<String> missing -> {}
            case DnsAnswer.Found<String> found ->
                found.records().stream().filter(SpfRecord::isSpf).forEach(records::add);
        }
        if (records.isEmpty()) {
            return new SpfResult(SpfResult.Outcome.NONE, domain + " has no record");
        }
        if (records.size() > 1) {
            throw SpfError.permanent(domain + " has several records");
        }
        return evaluate(SpfRecord.parse(records.getFirst()), domain);
    }

    /** More than one label, none of them empty or too long (§4.3). */
    private static boolean isDomain(String name) {
        if (name.length() > 253 || name.indexOf('.') < 0) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > 63) {
                return false;
            }
        }
        return true;
    }

    private static SpfError temporary(String name, String why) {
        return SpfError.temporary("lookup of " + name + ": " + why);
    }

    private SpfResult evaluate(SpfRecord record, String domain) throws SpfError {
        MacroValues values = values(domain);
        for (Directive directive : record.directives()) {
            if (matches(directive.mechanism(), domain, values)) {
                String explanation = directive.outcome() == SpfResult.Outcome.FAIL ? explanation(record, values) : "";
                return new SpfResult(directive.outcome(), directive.text() + " of " + domain, explanation);
            }
        }
        if (record.redirect().isEmpty()) {
            return new SpfResult(SpfResult.Outcome.NEUTRAL, "nothing of " + domain + " matches");
        }
        countLookup();
        SpfResult redirected = host(record.redirect().get().expandDomain(values));
        if (redirected.outcome() == SpfResult.Outcome.NONE) {
            throw SpfError.permanent(domain + " redirects to nowhere");
        }
        return redirected;
    }

    private MacroValues values(String domain) {
        return new MacroValues(query, query.domain(), domain, () -> validatedName(domain));
    }

    private void countLookup() throws SpfError {
        lookups++;
        if (lookups > MOST_LOOKUPS) {
            throw SpfError.permanent("more than " + MOST_LOOKUPS + " terms with lookups");
        }
    }

    private boolean matches(Mechanism mechanism, String domain, MacroValues values) throws SpfError {
        return switch (mechanism) {
            case Mechanism.All all -> true;
            case Mechanism.Network network -> sameNetwork(network.address(), network.prefix());
            case Mechanism.Include include -> {
                countLookup();
                yield included(include.domain().expandDomain(values));
            }
            case Mechanism.Exists exists -> {
                countLookup();
                String name = exists.domain().expandDomain(values);
                yield !records(name, dns.ipv4(name)).isEmpty();
            }
            case Mechanism.Address address -> {
                countLookup();
                String name = target(address.domain(), domain, values);
                yield addressed(name, address.prefixes());
            }
            case Mechanism.Exchangers exchangers -> {
                countLookup();
                String name = target(exchangers.domain(), domain, values);
                yield exchanged(name, exchangers.prefixes());
            }
            case Mechanism.Pointer pointer -> {
                countLookup();
                String name = target(pointer.domain(), domain, values).toLowerCase(Locale.ROOT);
                yield validatedNames(true).stream().anyMatch(found -> isWithin(found, name));
            }
        };
    }

    private static String target(Optional<MacroString> given, String domain, MacroValues values) throws SpfError {
        return given.isPresent() ? given.get().expandDomain(values) : domain;
    }

    private boolean included(String domain) throws SpfError {
        return switch (host(domain).outcome()) {
            case PASS -> true;
            case FAIL, SOFTFAIL, NEUTRAL -> false;
            // The other two were thrown.
            case NONE, PERMERROR, TEMPERROR -> throw SpfError.permanent("the included " + domain + " has no record");
        };
    }

    /** What was found; nothing counts as a void lookup. */
    private <T> List<T> records(String name, DnsAnswer<T> answer) throws SpfError {
        return switch (answer) {
            case DnsAnswer.Found<T> found -> found.records();
            case DnsAnswer.Failed<T> failed -> throw temporary(name, failed.why());
            case DnsAnswer.Missing<T> missing -> {
                voids++;
                if (voids > MOST_VOID) {
                    throw SpfError.permanent("more than " + MOST_VOID + " lookups that find nothing");
                }
                yield List.of();
            }
        };
    }

    private boolean addressed(String name, Mechanism.Prefixes prefixes) throws SpfError {
        for (InetAddress address : records(name, addresses(name))) {
            if (sameNetwork(address, prefixes.of(address))) {
                return true;
            }
        }
        return false;
    }

    /** Addresses of the client's own kind. */
    private DnsAnswer<? extends InetAddress> addresses(String name) {
        return query.client() instanceof Inet4Address ? dns.ipv4(name) : dns.ipv6(name);
    }

    private boolean exchanged(String name, Mechanism.Prefixes prefixes) throws SpfError {
        List<MailExchange> exchanges = records(name, dns.exchanges(name));
        if (exchanges.size() > MOST_NAMES) {
            throw SpfError.permanent(name + " has more than " + MOST_NAMES + " mail exchangers");
        }
        for (MailExchange exchange : exchanges) {
            if (!exchange.host().isEmpty() && addressed(exchange.host(), prefixes)) {
                return true;
            }
        }
        return false;
    }

    private boolean sameNetwork(InetAddress network, int prefix) {
        byte[] ours = query.client().getAddress();
        byte[] theirs = network.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (ours[i] != theirs[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff & -(1 << (8 - rest))) == 0;
    }

    private static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }

    /** Names of the client that have its address (§5.5); an error skips a name. */
    private List<String> validatedNames(boolean counted) throws SpfError {
        DnsAnswer<String> answer = dns.names(query.client());
        List<String> pointers =
                switch (answer) {
                    case DnsAnswer.Found<String> found -> found.records();
                    case DnsAnswer.Failed<String> failed -> List.of();
                    case DnsAnswer.Missing<String> missing -> counted ? records("", answer) : List.of();
                };
        List<String> names = new ArrayList<>();
        for (String pointer : pointers.subList(0, Math.min(MOST_NAMES, pointers.size()))) {
            if (addresses(pointer) instanceof DnsAnswer.Found<? extends InetAddress> found
                    && found.records().contains(query.client())) {
                names.add(pointer.toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /** {@code p}: the domain itself, a name below it, or any (§7.3). */
    private String validatedName(String domain) {
        try {
            String lower = domain.toLowerCase(Locale.ROOT);
            List<String> names = validatedNames(false);
            return names.stream()
                    .filter(lower::equals)
                    .findFirst()
                    .or(() ->
                            names.stream().filter(name -> isWithin(name, lower)).findFirst())
                    .or(() -> names.stream().findFirst())
                    .orElse(UNKNOWN);
        } catch (SpfError impossible) {
            // Nothing is counted, so nothing is too much.
            return UNKNOWN;
        }
    }

    /** The domain's text; empty where anything is wrong with it (§6.2). */
    private String explanation(SpfRecord record, MacroValues values) {
        if (record.explanation().isEmpty()) {
            return "";
        }
        try {
            String name = record.explanation().get().expandDomain(values);
            if (dns.text(name) instanceof DnsAnswer.Found<String> found
                    && found.records().size() == 1) {
                String text =
                        MacroString.parseExplanation(found.records().getFirst()).expand(values);
                boolean printable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
                return printable ? text.substring(0, Math.min(LONGEST_EXPLANATION, text.length())) : "";
            }
        } catch (SpfError ignored) {
            // As if there were none.
        }
        return "";
    }
}
