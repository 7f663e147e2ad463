package cz.digidig.smtp.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The name servers that the settings name now. One for the whole service, so that all share its cache. */
public final class CurrentDns implements Dns {
    private final Supplier<List<String>> servers;
    private final Duration timeout;
    private final Duration most;
    private volatile Resolving resolving;

    /** Name servers, and who they are. */
    private record Resolving(List<String> servers, NameServers dns) {}

    /**
     * Asks nobody yet.
     *
     * @param servers {@code host:port} each; none: the system's
     * @param timeout how long one server may take
     * @param most how long one question may take
     */
    public CurrentDns(Supplier<List<String>> servers, Duration timeout, Duration most) {
        this.servers = servers;
        this.timeout = timeout;
        this.most = most;
        List<String> first = servers.get();
        this.resolving = new Resolving(first, new NameServers(first, timeout, most));
    }

    private NameServers now() {
        List<String> wanted = servers.get();
        Resolving current = resolving;
        if (!current.servers().equals(wanted)) {
            current = new Resolving(wanted, new NameServers(wanted, timeout, most));
            resolving = current;
        }
        return current.dns();
    }

    @Override
    public DnsAnswer<String> text(String name) {
        return now().text(name);
    }

    @Override
    public DnsAnswer<Inet4Address> ipv4(String name) {
        return now().ipv4(name);
    }

    @Override
    public DnsAnswer<Inet6Address> ipv6(String name) {
        return now().ipv6(name);
    }

    @Override
    public DnsAnswer<MailExchange> exchanges(String name) {
        return now().exchanges(name);
    }

    @Override
    public DnsAnswer<String> names(InetAddress address) {
        return now().names(address);
    }
}
