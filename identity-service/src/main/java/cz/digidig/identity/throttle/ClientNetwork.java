package cz.digidig.identity.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** What counts as one place: an IPv4 address, or the /64 that a single IPv6 host can use freely. */
final class ClientNetwork {
    private static final int PREFIX_BYTES = 8;

    private ClientNetwork() {}

    static String of(String client) {
        try {
            InetAddress address = InetAddress.ofLiteral(client);
            return address instanceof Inet6Address
                    ? HexFormat.of().formatHex(address.getAddress(), 0, PREFIX_BYTES)
                    : address.getHostAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return "unknown";
        }
    }
}
