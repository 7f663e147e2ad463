package cz.digidig.smtp.mailauth.dmarc;

import cz.digidig.smtp.mailauth.HeaderField;
import cz.digidig.smtp.mailauth.MessageHeader;
import java.net.IDN;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The domains of a message's authors: of the addresses in From (RFC 5322 §3.6.2). */
public final class AuthorDomains {
    private static final String FROM = "from";

    private AuthorDomains() {}

    /** Each domain once, in ASCII form and lower case; empty: an address can't be read, or there is none. */
    public static Set<String> of(MessageHeader header) {
        Set<String> domains = new LinkedHashSet<>();
        for (HeaderField field : header.named(FROM)) {
            for (String address : addresses(field.value())) {
                Optional<String> domain = domain(address);
                if (domain.isEmpty()) {
                    return Set.of();
                }
                domains.add(domain.get());
            }
        }
        return domains;
    }

    /** The addresses without names and comments. A quoted string becomes a {@code "}, so that it can't hide an @. */
    private static List<String> addresses(String list) {
        List<String> addresses = new ArrayList<>();
        StringBuilder bare = new StringBuilder();
        StringBuilder angle = new StringBuilder();
        boolean inAngle = false;
        boolean hadAngle = false;
        int i = 0;
        while (i < list.length()) {
            char c = list.charAt(i);
            if (c == '"') {
                i = quotedEnd(list, i);
                (inAngle ? angle : bare).append('"');
            } else if (c == '(') {
                i = commentEnd(list, i);
            } else if (c == '<') {
                inAngle = true;
                i++;
            } else if (c == '>') {
                inAngle = false;
                hadAngle = true;
                addresses.add(angle.toString());
                angle.setLength(0);
                i++;
            } else if (!inAngle && (c == ',' || c == ';' || c == ':')) {
                if (c != ':' && !hadAngle && !bare.toString().isBlank()) {
                    addresses.add(bare.toString());
                }
                bare.setLength(0);
                hadAngle = false;
                i++;
            } else {
                (inAngle ? angle : bare).append(c);
                i++;
            }
        }
        if (inAngle || (!hadAngle && !bare.toString().isBlank())) {
            addresses.add(inAngle ? angle.toString() : bare.toString());
        }
        return addresses;
    }

    private static int quotedEnd(String text, int start) {
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private static int commentEnd(String text, int start) {
        int depth = 0;
        int i = start;
        while (i < text.length()) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {}
            }
            i++;
            if (depth == 0) {
                break;
            }
        }
        return i;
    }

    private static Optional<String> domain(String address) {
        int at = address.lastIndexOf('@');
        String name = address.substring(at + 1).strip();
        if (at < 0 || name.isEmpty() || name.length() > 253) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            boolean plain = ascii.chars()
                    .allMatch(
                            c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.');
            return plain && !("." + ascii + ".").contains("..") ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException bad) {
            return Optional.empty();
        }
    }
}
