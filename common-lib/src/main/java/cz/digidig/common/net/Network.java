package cz.digidig.common.net;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses with a common beginning (RFC 4632 §3.1, RFC 4291 §2.3).
 *
 * @param address one of them
 * @param prefix how many leading bits they share
 */
public record Network(InetAddress address, int prefix) {
    /** {@code 192.0.2.0/24}, {@code 2001:db8::/32}; an address alone is a network of one. Empty: it is neither. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        // 192.0.2 would be taken for 192.0.0.2.
        if (!literal.contains(":") && literal.chars().filter(c -> c == '.').count() != 3) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            int bits = address.getAddress().length * 8;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            return prefix < 0 || prefix > bits ? Optional.empty() : Optional.of(new Network(address, prefix));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit));
            if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
