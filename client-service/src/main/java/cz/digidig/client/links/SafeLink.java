package cz.digidig.client.links;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a link of a mail leads.
 *
 * @param href as it stands in the page
 * @param host its host as it is registered (punycode); empty for mail addresses
 * @param lookAlike whether the host has letters that only look like Latin ones, or is written in punycode
 */
public record SafeLink(String href, String host, boolean lookAlike) {
    private static final int LONGEST = 4000;
    private static final Pattern SHOWN =
            Pattern.compile("(?i)^\\s*(?:https?://)?((?:[\\p{L}\\p{N}-]{1,63}\\.)+[\\p{L}]{2,24})(?:[/?#:]\\S*)?\\s*$");

    /** Reads a target; null: not one that may be followed. */
    public static @Nullable SafeLink of(String target) {
        String href = target.strip();
        if (href.isEmpty() || href.length() > LONGEST || href.chars().anyMatch(c -> c < ' ')) {
            return null;
        }
        String lower = href.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mailto:")) {
            return new SafeLink(href, "", false);
        }
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return null;
        }
        String host = hostOf(href);
        if (host.isEmpty()) {
            return null;
        }
        String ascii;
        try {
            ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException unreadable) {
            ascii = host.toLowerCase(Locale.ROOT);
        }
        return new SafeLink(href, ascii, ascii.startsWith("xn--") || ascii.contains(".xn--"));
    }

    private static String hostOf(String href) {
        int start = href.indexOf("//") + 2;
        int end = start;
        while (end < href.length() && "/?#\\".indexOf(href.charAt(end)) < 0) {
            end++;
        }
        String authority = href.substring(start, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        try {
            URI strict = new URI("http://" + host + "/");
            return strict.getHost() == null ? host.replaceFirst(":\\d*$", "") : strict.getHost();
        } catch (URISyntaxException lenient) {
            return host.replaceFirst(":\\d*$", "");
        }
    }

    /** Whether a link's own words name a host that it does not lead to. */
    public boolean contradicts(String words) {
        Matcher shown = SHOWN.matcher(words);
        if (host.isEmpty() || !shown.matches()) {
            return false;
        }
        String named = shown.group(1).toLowerCase(Locale.ROOT);
        return !named.equals(host)
                && !host.endsWith("." + named)
                && !named.endsWith("." + host)
                && !bare(named).equals(bare(host));
    }

    private static String bare(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }
}
