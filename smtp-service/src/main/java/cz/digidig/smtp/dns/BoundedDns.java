package cz.digidig.smtp.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Supplier;

/** Lookups that together may take so long and be so many; what comes later fails at once, which is temporary. */
public final class BoundedDns implements Dns {
    private final Dns dns;
    private final long deadline;
    private int left;

    /**
     * Starts the time.
     *
     * @param time how long from now
     * @param lookups how many
     */
    public BoundedDns(Dns dns, Duration time, int lookups) {
        this.dns = dns;
        this.deadline = System.nanoTime() + time.toNanos();
        this.left = lookups;
    }

    @Override
    public DnsAnswer<String> text(String name) {
        return within(() -> dns.text(name));
    }

    @Override
    public DnsAnswer<Inet4Address> ipv4(String name) {
        return within(() -> dns.ipv4(name));
    }

    @Override
    public DnsAnswer<Inet6Address> ipv6(String name) {
        return within(() -> dns.ipv6(name));
    }

    @Override
    public DnsAnswer<MailExchange> exchanges(String name) {
        return within(() -> dns.exchanges(name));
    }

    @Override
    public DnsAnswer<String> names(InetAddress address) {
        return within(() -> dns.names(address));
    }

    private <T> DnsAnswer<T> within(Supplier<DnsAnswer<T>> lookup) {
        if (System.nanoTime() - deadline > 0) {
            return new DnsAnswer.Failed<>("the lookups take too long");
        }
        if (left-- <= 0) {
            return new DnsAnswer.Failed<>("too many lookups");
        }
        return lookup.get();
    }
}
