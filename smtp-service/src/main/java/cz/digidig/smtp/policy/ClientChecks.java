package cz.digidig.smtp.policy;

import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.dns.DnsAnswer;
import cz.digidig.smtp.dns.ReverseName;
import cz.digidig.smtp.policy.ClientFindings.Finding;
import cz.digidig.smtp.policy.ClientFindings.Listing;
import cz.digidig.smtp.settings.BlockList;
import cz.digidig.smtp.settings.Checks;
import cz.digidig.smtp.settings.Checks.Mode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Looks a client up: its name, its EHLO, lists. */
final class ClientChecks {
    private static final int MOST_NAMES = 5;
    private static final String LOOPBACK = "127.";
    /** Where lists answer that they are asked wrongly, or too much. */
    private static final String NOT_A_LISTING = "127.255.255.";

    private final Dns dns;
    private final InetAddress client;

    private ClientChecks(Dns dns, InetAddress client) {
        this.dns = dns;
        this.client = client;
    }

    static ClientFindings find(InetAddress client, String hello, Checks checks, Dns dns) {
        ClientChecks of = new ClientChecks(dns, client);
        Finding reverse = Finding.SKIPPED;
        String name = "";
        if (checks.reverseDns() != Mode.OFF) {
            switch (of.reverse()) {
                case Reverse.Named named -> {
                    reverse = Finding.PASS;
                    name = named.name();
                }
                case Reverse.Nameless nameless -> reverse = Finding.FAIL;
                case Reverse.Unknown unknown -> reverse = Finding.UNKNOWN;
            }
        }
        Finding greeting = checks.hello() == Mode.OFF ? Finding.SKIPPED : of.hello(hello);
        String allowed = checks.allowLists().stream()
                .filter(zone -> of.listing(zone, List.of()).isPresent())
                .findFirst()
                .orElse("");
        Optional<Listing> listed = allowed.isEmpty() ? of.blocked(checks.blockLists()) : Optional.empty();
        return new ClientFindings(reverse, name, greeting, listed, allowed);
    }

    private sealed interface Reverse {
        record Named(String name) implements Reverse {}

        record Nameless() implements Reverse {}

        record Unknown() implements Reverse {}
    }

    /** A name that leads back to the address (RFC 8601 §3, iprev). */
    private Reverse reverse() {
        return switch (dns.names(client)) {
            case DnsAnswer.Failed<String> failed -> new Reverse.Unknown();
            case DnsAnswer.Missing<String> missing -> new Reverse.Nameless();
            case DnsAnswer.Found<String> found -> {
                boolean unknown = false;
                for (String name : found.records()
                        .subList(0, Math.min(MOST_NAMES, found.records().size()))) {
                    DnsAnswer<? extends InetAddress> addresses = addresses(name);
                    if (addresses instanceof DnsAnswer.Found<? extends InetAddress> back
                            && back.records().contains(client)) {
                        yield new Reverse.Named(name);
                    }
                    unknown |= addresses instanceof DnsAnswer.Failed<? extends InetAddress>;
                }
                yield unknown ? new Reverse.Unknown() : new Reverse.Nameless();
            }
        };
    }

    private DnsAnswer<? extends InetAddress> addresses(String name) {
        return client instanceof Inet4Address ? dns.ipv4(name) : dns.ipv6(name);
    }

    /** A host's name that exists, or the client's own address in brackets (RFC 5321 §4.1.4). */
    private Finding hello(String hello) {
        if (hello.startsWith("[")) {
            return literal(hello).filter(client::equals).isPresent() ? Finding.PASS : Finding.FAIL;
        }
        boolean name = hello.indexOf('.') > 0
                && hello.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_'
                                || c == '.');
        if (!name) {
            return Finding.FAIL;
        }
        DnsAnswer<?> own = addresses(hello);
        DnsAnswer<?> other = own instanceof DnsAnswer.Found<?>
                ? own
                : client instanceof Inet4Address ? dns.ipv6(hello) : dns.ipv4(hello);
        if (other instanceof DnsAnswer.Found<?>) {
            return Finding.PASS;
        }
        boolean unknown = own instanceof DnsAnswer.Failed<?> || other instanceof DnsAnswer.Failed<?>;
        return unknown ? Finding.UNKNOWN : Finding.FAIL;
    }

    private static Optional<InetAddress> literal(String hello) {
        if (!hello.endsWith("]")) {
            return Optional.empty();
        }
        String inner = hello.substring(1, hello.length() - 1);
        try {
            return Optional.of(
                    InetAddress.ofLiteral(inner.regionMatches(true, 0, "IPv6:", 0, 5) ? inner.substring(5) : inner));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private Optional<Listing> blocked(List<BlockList> lists) {
        for (BlockList list : lists) {
            Optional<String> answer = listing(list.zone(), list.answers());
            if (answer.isPresent()) {
                return Optional.of(new Listing(list, answer.get()));
            }
        }
        return Optional.empty();
    }

    /** What a list answers, where that means that it names the client (RFC 5782 §2.1). */
    private Optional<String> listing(String zone, List<String> wanted) {
        if (!(dns.ipv4(ReverseName.labels(client) + "." + zone) instanceof DnsAnswer.Found<Inet4Address> found)) {
            return Optional.empty();
        }
        return found.records().stream()
                .map(InetAddress::getHostAddress)
                .filter(answer -> wanted.isEmpty()
                        ? answer.startsWith(LOOPBACK) && !answer.startsWith(NOT_A_LISTING)
                        : wanted.contains(answer))
                .findFirst();
    }
}
