package cz.digidig.smtp.dns;

import java.net.Inet4Address;
import java.net.InetAddress;

/** An address as labels, its last part first: what PTR records and block lists are asked by. */
public final class ReverseName {
    private static final String HEX = "0123456789abcdef";

    private ReverseName() {}

    /** The name that an address' PTR records are at (RFC 1035 §3.5, RFC 3596 §2.5). */
    public static String of(InetAddress address) {
        return labels(address) + (address instanceof Inet4Address ? ".in-addr.arpa" : ".ip6.arpa");
    }

    /** Octets of an IPv4 address, nibbles of an IPv6 one (RFC 5782 §2.1, §2.4). */
    public static String labels(InetAddress address) {
        byte[] octets = address.getAddress();
        StringBuilder labels = new StringBuilder(64);
        for (int i = octets.length - 1; i >= 0; i--) {
            int octet = octets[i] & 0xff;
            if (address instanceof Inet4Address) {
                labels.append(octet).append('.');
            } else {
                labels.append(HEX.charAt(octet & 0xf)).append('.');
                labels.append(HEX.charAt(octet >> 4)).append('.');
            }
        }
        labels.setLength(labels.length() - 1);
        return labels.toString();
    }
}
