package cz.digidig.smtp.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * The port to the domain name system. Names are domain names with or without the last dot; one that can't be a domain
 * name (RFC 1035 §2.3.4) is {@link DnsAnswer.Missing}. Each call is bounded in time.
 */
public interface Dns {
    /** TXT records, the strings of each joined (RFC 7208 §3.3, RFC 6376 §3.6.2.2), octets as Latin-1. */
    DnsAnswer<String> text(String name);

    /** A records. */
    DnsAnswer<Inet4Address> ipv4(String name);

    /** AAAA records. */
    DnsAnswer<Inet6Address> ipv6(String name);

    /** MX records, the preferred first. */
    DnsAnswer<MailExchange> exchanges(String name);

    /** PTR records of an address: names without the last dot. */
    DnsAnswer<String> names(InetAddress address);
}
