package cz.digidig.smtp.mailauth.spf;

import cz.digidig.smtp.dns.ReverseName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.function.Supplier;

/** The values of macros (RFC 7208 §7.2) while one domain's record is evaluated. */
final class MacroValues implements MacroString.Values {
    private final SpfQuery query;
    private final String senderDomain;
    private final String domain;
    private final Supplier<String> validatedName;

    /**
     * For a domain.
     *
     * @param senderDomain the domain that the check began with
     * @param domain the one whose record it is
     * @param validatedName looks up {@code p}
     */
    MacroValues(SpfQuery query, String senderDomain, String domain, Supplier<String> validatedName) {
        this.query = query;
        this.senderDomain = senderDomain;
        this.domain = domain;
        this.validatedName = validatedName;
    }

    @Override
    public String of(char letter) throws SpfError {
        return switch (letter) {
            case 's' -> query.local() + "@" + senderDomain;
            case 'l' -> query.local();
            case 'o' -> senderDomain;
            case 'd' -> domain;
            case 'i' -> dotted(query.client());
            case 'p' -> validatedName.get();
            case 'v' -> query.client() instanceof Inet4Address ? "in-addr" : "ip6";
            case 'h' -> query.hello();
            case 'c' -> readable(query.client());
            case 'r' -> query.receiver();
            case 't' -> Long.toString(query.now().getEpochSecond());
            default -> throw SpfError.permanent("unknown macro");
        };
    }

    private static String dotted(InetAddress address) {
        return address instanceof Inet4Address
                ? address.getHostAddress()
                : new StringBuilder(ReverseName.labels(address))
                        .reverse()
                        .toString()
                        .toUpperCase(Locale.ROOT);
    }

    /** An address as people write it (RFC 5952): the longest run of zeros left out. */
    static String readable(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length == 4) {
            return address.getHostAddress();
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
