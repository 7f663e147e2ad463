package cz.digidig.common.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox address as accounts and envelopes use it: a dot-string or quoted local part and a domain (RFC 5321 §4.1.2,
 * RFC 6531 §3.3).
 *
 * @param local the local part as written, a quoted one without its quotes
 * @param domain the domain in lower case, A-labels where it is internationalised; an address literal keeps its brackets
 */
public record EmailAddress(String local, String domain) {
    private static final int MOST_LOCAL = 64;
    private static final int MOST_DOMAIN = 255;

    /** Reads {@code local@domain}; empty where it is not an address. */
    public static Optional<EmailAddress> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || at == text.length() - 1) {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        if (local.startsWith("\"")) {
            local = unquote(local);
        } else if (!isDotString(local)) {
            return Optional.empty();
        }
        if (local.isEmpty() || local.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MOST_LOCAL) {
            return Optional.empty();
        }
        String found = local;
        return domain(text.substring(at + 1)).map(domain -> new EmailAddress(found, domain));
    }

    /** A domain in its normal form (lower-case A-labels); empty where it is not one. */
    public static Optional<String> domain(String text) {
        if (text.startsWith("[") && text.endsWith("]") && text.length() > 2 && text.length() <= MOST_DOMAIN) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        try {
            String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            boolean empty = ascii.isEmpty() || ascii.startsWith(".") || ascii.endsWith(".") || ascii.contains("..");
            return empty || ascii.length() > MOST_DOMAIN ? Optional.empty() : Optional.of(ascii);
        } catch (IllegalArgumentException notADomain) {
            return Optional.empty();
        }
    }

    private static String unquote(String quoted) {
        if (quoted.length() < 3 || !quoted.endsWith("\"")) {
            return "";
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                i++;
                if (i >= quoted.length() - 1) {
                    return "";
                }
                c = quoted.charAt(i);
            } else if (c == '"') {
                return "";
            }
            if (c < ' ' || c == 0x7f) {
                return "";
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static boolean isDotString(String local) {
        boolean dot = true;
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c == '.') {
                if (dot) {
                    return false;
                }
                dot = true;
            } else if (isAtomText(c)) {
                dot = false;
            } else {
                return false;
            }
        }
        return !dot;
    }

    private static boolean isAtomText(char c) {
        return c >= 0x80
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }

    /** The form by which addresses are compared and stored: local parts here are case-insensitive. */
    public String key() {
        return local.toLowerCase(Locale.ROOT) + "@" + domain;
    }

    /** The address without its {@code +tag}; itself where there is none. */
    public EmailAddress withoutTag() {
        int plus = local.indexOf('+');
        return plus <= 0 ? this : new EmailAddress(local.substring(0, plus), domain);
    }

    /** As in an envelope, the local part quoted where it must be. */
    @Override
    public String toString() {
        if (isDotString(local)) {
            return local + "@" + domain;
        }
        return "\"" + local.replace("\\", "\\\\").replace("\"", "\\\"") + "\"@" + domain;
    }
}
