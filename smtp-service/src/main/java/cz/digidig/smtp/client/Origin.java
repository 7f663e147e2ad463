package cz.digidig.smtp.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How this server appears to others.
 *
 * @param name what it says in EHLO
 * @param ipv4 the address that connections over IPv4 come from; null: the system chooses
 * @param ipv6 the same over IPv6
 */
public record Origin(
        String name, @Nullable InetAddress ipv4, @Nullable InetAddress ipv6) {
    /** With addresses that the system chooses. */
    public static Origin named(String name) {
        return new Origin(name, null, null);
    }

    /** The address for a connection to another; null: the system chooses. */
    @Nullable
    InetAddress sourceFor(InetAddress other) {
        return other instanceof Inet4Address ? ipv4 : ipv6;
    }
}
