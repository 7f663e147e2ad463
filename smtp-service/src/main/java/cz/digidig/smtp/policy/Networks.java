package cz.digidig.smtp.policy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Networks as the settings write them: {@code 192.0.2.0/24}, {@code 2001:db8::1}. */
final class Networks {
    private Networks() {}

    static boolean contain(List<String> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> contains(network, address));
    }

    private static boolean contains(String network, InetAddress address) {
        int slash = network.indexOf('/');
        try {
            byte[] base = InetAddress.ofLiteral(slash < 0 ? network : network.substring(0, slash))
                    .getAddress();
            byte[] asked = address.getAddress();
            int prefix = slash < 0 ? base.length * 8 : Integer.parseInt(network.substring(slash + 1));
            return base.length == asked.length && prefix <= base.length * 8 && samePrefix(base, asked, prefix);
        } catch (IllegalArgumentException notANetwork) {
            return false;
        }
    }

    private static boolean samePrefix(byte[] a, byte[] b, int bits) {
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff & -(1 << (8 - (bits - bit)));
            if (((a[bit / 8] ^ b[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Addresses that mean nothing outside a machine or a site. */
    static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || uniqueLocal;
    }

    /** The network that a client's neighbours are in: an IPv4 /24 or IPv6 /64. */
    static String around(InetAddress address) {
        byte[] octets = address.getAddress();
        StringBuilder name = new StringBuilder();
        int kept = address instanceof Inet4Address ? 3 : 8;
        for (int i = 0; i < kept; i++) {
            name.append(octets[i] & 0xff).append('.');
        }
        return name.toString();
    }
}
