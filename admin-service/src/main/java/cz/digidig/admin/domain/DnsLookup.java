package cz.digidig.admin.domain;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks the domain name system what is published now, past every cache of this process. */
@Component
class DnsLookup {
    private static final Logger LOG = LoggerFactory.getLogger(DnsLookup.class);
    private static final Duration WAIT = Duration.ofSeconds(3);

    /** How a record stands. */
    enum State {
        RIGHT,
        OTHER,
        MISSING,
        UNKNOWN
    }

    /**
     * What was found.
     *
     * @param record what should be there
     * @param found what is there
     */
    record Finding(DnsRecord record, State state, List<String> found) {
        Finding {
            found = List.copyOf(found);
        }
    }

    /**
     * Compares all records, at the same time.
     *
     * @param servers {@code host:port} each; none: the system's
     */
    List<Finding> check(List<DnsRecord> records, List<String> servers) {
        Map<DnsRecord, Finding> findings = new ConcurrentHashMap<>();
        List<Thread> lookups = records.stream()
                .map(record ->
                        Thread.ofVirtual().name("dns-check").start(() -> findings.put(record, one(record, servers))))
                .toList();
        for (Thread lookup : lookups) {
            try {
                lookup.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        return records.stream()
                .map(record -> findings.getOrDefault(record, new Finding(record, State.UNKNOWN, List.of())))
                .toList();
    }

    private static Finding one(DnsRecord record, List<String> servers) {
        try {
            Lookup lookup = new Lookup(Name.fromString(record.name() + "."), Type.value(record.type()));
            lookup.setResolver(resolver(servers));
            lookup.setCache(null);
            Record[] answers = lookup.run();
            if (lookup.getResult() == Lookup.TRY_AGAIN || lookup.getResult() == Lookup.UNRECOVERABLE) {
                return new Finding(record, State.UNKNOWN, List.of());
            }
            List<String> found = new ArrayList<>();
            if (answers != null) {
                for (Record answer : answers) {
                    found.add(
                            answer instanceof TXTRecord text
                                    ? String.join("", text.getStrings())
                                    : answer.rdataToString());
                }
            }
            return new Finding(record, judged(record, found), found);
        } catch (TextParseException | UnknownHostException | IllegalArgumentException unusable) {
            LOG.debug("no lookup of {}", record.name(), unusable);
            return new Finding(record, State.UNKNOWN, List.of());
        }
    }

    /** Texts of other purposes live at the same name; they don't count. */
    static State judged(DnsRecord record, List<String> found) {
        String tag = record.type().equals("TXT") ? record.value().split("[ ;]", 2)[0] : "";
        List<String> ours = found.stream()
                .filter(one -> tag.isEmpty() || one.toLowerCase(Locale.ROOT).startsWith(tag.toLowerCase(Locale.ROOT)))
                .toList();
        if (ours.isEmpty()) {
            return State.MISSING;
        }
        String wanted = plain(record.value());
        return ours.stream().anyMatch(one -> plain(one).equals(wanted)) ? State.RIGHT : State.OTHER;
    }

    private static String plain(String value) {
        // A last semicolon says nothing (RFC 8461 §3.1, RFC 7489 §6.4).
        return value.replaceAll("\\s+", " ").strip().replaceAll(" ?;$", "").toLowerCase(Locale.ROOT);
    }

    private static Resolver resolver(List<String> servers) throws UnknownHostException {
        List<Resolver> resolvers = new ArrayList<>();
        for (String server : servers) {
            int colon = server.lastIndexOf(':');
            String host = server.substring(0, colon).replaceAll("[\\[\\]]", "");
            resolvers.add(
                    new SimpleResolver(new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1)))));
        }
        ExtendedResolver resolver =
                resolvers.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(resolvers.toArray(new Resolver[0]));
        resolver.setTimeout(WAIT);
        resolver.setRetries(1);
        return resolver;
    }
}
