package cz.digidig.smtp.mailauth.dkim;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Who signed.
 *
 * @param domain {@code d=} in lower case, ASCII form
 * @param selector {@code s=}, ASCII form
 * @param local the local part of {@code i=}, decoded; empty where there is none
 * @param subdomain the domain of {@code i=}: {@code domain} or one below it
 * @param mark the first characters of {@code b=}, to tell signatures of one domain apart (RFC 6008)
 */
public record SignedIdentity(String domain, String selector, String local, String subdomain, String mark) {
    private static final int MARK = 8;
    private static final int LONGEST_NAME = 253;

    static SignedIdentity of(String d, String s, Optional<String> i, byte[] signature) throws Unusable {
        String domain = ascii(d, "d=");
        String selector = ascii(s, "s=");
        String base64 = Base64.getEncoder().encodeToString(signature);
        String mark = base64.substring(0, Math.min(MARK, base64.length()));
        String agent = i.isPresent() ? decoded(i.get()) : "@" + domain;
        int at = agent.lastIndexOf('@');
        if (at < 0) {
            throw Unusable.broken("i= has no domain");
        }
        String subdomain = ascii(agent.substring(at + 1), "i=");
        if (!subdomain.equals(domain) && !subdomain.endsWith("." + domain)) {
            throw Unusable.broken("i= is not of d=");
        }
        return new SignedIdentity(domain, selector, agent.substring(0, at), subdomain, mark);
    }

    /** Where the key is. */
    String keyName() {
        return selector + "._domainkey." + domain;
    }

    /** International names may come as they are written (RFC 8616 §5). */
    private static String ascii(String name, String tag) throws Unusable {
        try {
            String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            boolean plain = ascii.chars()
                    .allMatch(
                            c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.');
            if (plain && !ascii.isEmpty() && ascii.length() <= LONGEST_NAME && !("." + ascii + ".").contains("..")) {
                return ascii;
            }
        } catch (IllegalArgumentException bad) {
            // Said below.
        }
        throw Unusable.broken(tag + " is not a domain name");
    }

    /** dkim-quoted-printable (RFC 6376 §2.11). */
    private static String decoded(String text) throws Unusable {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '=') {
                int high = i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
                int low = i + 2 < octets.length ? Character.digit(octets[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw Unusable.broken("i= is not quoted-printable");
                }
                octets[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                octets[length++] = octets[i];
            }
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}
