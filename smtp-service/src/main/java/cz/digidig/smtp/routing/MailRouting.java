package cz.digidig.smtp.routing;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.smtp.client.RemoteHost;
import cz.digidig.smtp.client.RemoteHost.Login;
import cz.digidig.smtp.client.RemoteHost.Security;
import cz.digidig.smtp.client.RemoteHost.Start;
import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.dns.DnsAnswer;
import cz.digidig.smtp.dns.MailExchange;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.settings.OutboundLimits;
import cz.digidig.smtp.settings.SmartHost;
import cz.digidig.smtp.settings.SmtpSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Finds where mail goes, by the settings in effect when it is asked. */
public final class MailRouting {
    private final Supplier<SmtpSettings> settings;
    private final Supplier<OutboundLimits> limits;
    private final Ourselves ourselves;
    private final RandomGenerator random;
    private final Dns dns;

    /** Asks nobody yet. */
    public MailRouting(
            Supplier<SmtpSettings> settings,
            Supplier<OutboundLimits> limits,
            Dns dns,
            Ourselves ourselves,
            RandomGenerator random) {
        this.settings = settings;
        this.limits = limits;
        this.ourselves = ourselves;
        this.random = random;
        this.dns = dns;
    }

    /** What mail of a sender to an address has in common with other mail that goes the same way: a name for that way. */
    public String way(ReversePath from, String address) {
        List<SmartHost> hosts = smartHosts(from);
        return hosts.isEmpty() ? domainOf(address) : hosts.getFirst().host();
    }

    private static String domainOf(String address) {
        return EmailAddress.parse(address).map(EmailAddress::domain).orElse("");
    }

    /** The servers for mail of a sender to an address. */
    public Route route(ReversePath from, String address) {
        Optional<EmailAddress> to = EmailAddress.parse(address);
        if (to.isEmpty()) {
            return new Route.Nowhere(EnhancedStatus.BAD_RECIPIENT_SYNTAX, "this is not an address");
        }
        List<SmartHost> hosts = smartHosts(from);
        if (!hosts.isEmpty()) {
            return bySmartHosts(hosts);
        }
        String domain = to.get().domain();
        return domain.startsWith("[")
                ? new Route.Nowhere(EnhancedStatus.BAD_DOMAIN, "address literals are not delivered to")
                : byExchanges(domain);
    }

    /** The addresses of a smart host, whether it is in the settings or not. */
    public Route route(SmartHost host) {
        return bySmartHosts(List.of(host));
    }

    private List<SmartHost> smartHosts(ReversePath from) {
        List<SmartHost> all = settings.get().smartHosts();
        String domain =
                from instanceof ReversePath.Mailbox mailbox ? mailbox.address().domain() : "";
        List<SmartHost> own = all.stream()
                .filter(host -> host.senderDomains().stream().anyMatch(domain::equalsIgnoreCase))
                .toList();
        return own.isEmpty()
                ? all.stream().filter(host -> host.senderDomains().isEmpty()).toList()
                : own;
    }

    private Route bySmartHosts(List<SmartHost> smartHosts) {
        Search search = new Search();
        for (SmartHost host : smartHosts) {
            for (InetAddress address : search.named(host.host())) {
                search.add(new RemoteHost(host.host(), address, host.port(), security(host), login(host)));
            }
        }
        // A smart host without an address is a mistake of the settings: mail waits until it is mended.
        return search.hosts.isEmpty() && !search.circle
                ? new Route.Unknown(EnhancedStatus.DIRECTORY_DOWN, "no smart host has an address: " + smartHosts)
                : search.result("the smart host");
    }

    private static Security security(SmartHost host) {
        Start start =
                switch (host.tls()) {
                    case NONE -> Start.NEVER;
                    case STARTTLS -> Boolean.FALSE.equals(host.tlsRequired()) ? Start.OPPORTUNISTIC : Start.STARTTLS;
                    case IMPLICIT -> Start.IMPLICIT;
                };
        return new Security(start, Boolean.TRUE.equals(host.verifyCertificate()));
    }

    private static @Nullable Login login(SmartHost host) {
        return host.user().isEmpty() ? null : new Login(host.user(), host.password());
    }

    private Route byExchanges(String domain) {
        return switch (dns.exchanges(domain)) {
            case DnsAnswer.Failed<MailExchange> trouble ->
                new Route.Unknown(
                        EnhancedStatus.DIRECTORY_DOWN, "the MX of " + domain + " can't be looked up: " + trouble.why());
            case DnsAnswer.Missing<MailExchange> missing ->
                missing.nameExists()
                        ? to(domain, List.of(new Exchange(0, domain)))
                        : new Route.Nowhere(EnhancedStatus.BAD_DOMAIN, "there is no domain " + domain);
            case DnsAnswer.Found<MailExchange> found -> {
                boolean nullMx = found.records().stream()
                        .allMatch(exchange -> exchange.host().isEmpty());
                yield nullMx
                        ? new Route.Nowhere(EnhancedStatus.NULL_MX, domain + " takes no mail (null MX)")
                        : to(
                                domain,
                                found.records().stream()
                                        .filter(exchange -> !exchange.host().isEmpty())
                                        .map(exchange -> new Exchange(exchange.preference(), exchange.host()))
                                        .toList());
            }
        };
    }

    private Route to(String domain, List<Exchange> exchanges) {
        List<Exchange> order = Exchange.inOrder(exchanges, ourselves::named, random);
        if (order.isEmpty()) {
            return circle(domain);
        }
        Search search = new Search();
        for (Exchange exchange : order.stream().limit(limits.get().servers()).toList()) {
            if (search.enough()) {
                break;
            }
            for (InetAddress address : search.addresses(exchange.host())) {
                search.add(new RemoteHost(exchange.host(), address, limits.get().port(), Security.OPPORTUNISTIC, null));
            }
        }
        return search.result(domain);
    }

    private static Route circle(String what) {
        return new Route.Nowhere(EnhancedStatus.MAIL_LOOP, "the mail for " + what + " would come back to this server");
    }

    /** The collection of addresses, within its bounds. */
    private final class Search {
        private final long started = System.nanoTime();
        private final List<RemoteHost> hosts = new ArrayList<>();
        private boolean circle;
        private String trouble = "";

        boolean enough() {
            boolean late = System.nanoTime() - started > limits.get().dnsTime().toNanos();
            if (late && hosts.isEmpty()) {
                trouble = "lookups took too long";
            }
            return circle || late || hosts.size() >= limits.get().addresses();
        }

        /** What comes after this server in the order would send the mail back here. */
        void add(RemoteHost host) {
            if (circle || ourselves.listensAt(host.address(), host.port())) {
                circle = true;
            } else if (hosts.size() < limits.get().addresses()) {
                hosts.add(host);
            }
        }

        /** Of a host that the administrator named, by an address perhaps. */
        List<InetAddress> named(String host) {
            if (host.equalsIgnoreCase("localhost")) {
                return List.of(InetAddress.getLoopbackAddress());
            }
            try {
                return List.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
            } catch (IllegalArgumentException aName) {
                return addresses(host);
            }
        }

        List<InetAddress> addresses(String host) {
            List<InetAddress> all = new ArrayList<>(asked(dns.ipv6(host)));
            all.addAll(asked(dns.ipv4(host)));
            return all;
        }

        private <T extends InetAddress> List<T> asked(DnsAnswer<T> answer) {
            return switch (answer) {
                case DnsAnswer.Found<T> found -> found.records();
                case DnsAnswer.Missing<T> missing -> List.of();
                case DnsAnswer.Failed<T> failed -> {
                    trouble = failed.why();
                    yield List.of();
                }
            };
        }

        Route result(String what) {
            if (!hosts.isEmpty()) {
                return new Route.Hosts(hosts);
            }
            if (circle) {
                return circle(what);
            }
            return trouble.isEmpty()
                    ? new Route.Nowhere(EnhancedStatus.UNROUTABLE, what + " has no server with an address")
                    : new Route.Unknown(
                            EnhancedStatus.DIRECTORY_DOWN, "no server of " + what + " could be looked up: " + trouble);
        }
    }
}
