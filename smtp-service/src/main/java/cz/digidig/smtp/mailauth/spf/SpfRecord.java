package cz.digidig.smtp.mailauth.spf;

import cz.digidig.smtp.mailauth.spf.Mechanism.Directive;
import cz.digidig.smtp.mailauth.spf.Mechanism.Prefixes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A record, parsed whole (RFC 7208 §4.6, §12).
 *
 * @param directives its mechanisms in order
 * @param redirect whose record counts where no mechanism matches
 * @param explanation where the text for those it refuses is
 */
record SpfRecord(List<Directive> directives, Optional<MacroString> redirect, Optional<MacroString> explanation) {
    private static final String VERSION = "v=spf1";
    private static final int MOST_TERMS = 1000;

    /** Whether a TXT record is one of SPF, good or bad (§4.5). */
    static boolean isSpf(String text) {
        return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
                && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
    }

    static SpfRecord parse(String text) throws SpfError {
        List<Directive> directives = new ArrayList<>();
        Optional<MacroString> redirect = Optional.empty();
        Optional<MacroString> explanation = Optional.empty();
        String[] terms = text.substring(VERSION.length()).split(" +", MOST_TERMS);
        if (terms.length == MOST_TERMS) {
            throw SpfError.permanent("the record is too long");
        }
        for (String term : terms) {
            int equals = modifierEnd(term);
            if (term.isEmpty()) {
                continue;
            }
            if (equals < 0) {
                directives.add(directive(term));
                continue;
            }
            String value = term.substring(equals + 1);
            switch (term.substring(0, equals).toLowerCase(Locale.ROOT)) {
                case "redirect" -> redirect = once(redirect, value);
                case "exp" -> explanation = once(explanation, value);
                default -> MacroString.parse(value);
            }
        }
        return new SpfRecord(List.copyOf(directives), redirect, explanation);
    }

    private static Optional<MacroString> once(Optional<MacroString> before, String value) throws SpfError {
        if (before.isPresent()) {
            throw SpfError.permanent("a modifier stands twice");
        }
        return Optional.of(MacroString.parseDomain(value));
    }

    /** Where a modifier's name ends; less than 0: it is a mechanism. */
    private static int modifierEnd(String term) {
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (c == '=') {
                return i > 0 ? i : -1;
            }
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))) {
                return -1;
            }
        }
        return -1;
    }

    private static Directive directive(String term) throws SpfError {
        SpfResult.Outcome outcome =
                switch (term.charAt(0)) {
                    case '-' -> SpfResult.Outcome.FAIL;
                    case '~' -> SpfResult.Outcome.SOFTFAIL;
                    case '?' -> SpfResult.Outcome.NEUTRAL;
                    default -> SpfResult.Outcome.PASS;
                };
        String text = "+-~?".indexOf(term.charAt(0)) >= 0 ? term.substring(1) : term;
        int end = 0;
        while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != '/') {
            end++;
        }
        String rest = text.substring(end);
        Mechanism mechanism =
                switch (text.substring(0, end).toLowerCase(Locale.ROOT)) {
                    case "all" -> all(rest);
                    case "include" -> new Mechanism.Include(domain(rest));
                    case "a" -> new Mechanism.Address(optionalDomain(withoutPrefixes(rest)), prefixes(rest));
                    case "mx" -> new Mechanism.Exchangers(optionalDomain(withoutPrefixes(rest)), prefixes(rest));
                    case "ptr" -> new Mechanism.Pointer(optionalDomain(rest));
                    case "ip4" -> network(rest, 32);
                    case "ip6" -> network(rest, 128);
                    case "exists" -> new Mechanism.Exists(domain(rest));
                    default -> throw SpfError.permanent("unknown mechanism: " + term);
                };
        return new Directive(outcome, mechanism, term);
    }

    private static Mechanism all(String rest) throws SpfError {
        if (!rest.isEmpty()) {
            throw SpfError.permanent("all takes nothing");
        }
        return new Mechanism.All();
    }

    private static MacroString domain(String rest) throws SpfError {
        if (!rest.startsWith(":")) {
            throw SpfError.permanent("a domain is missing");
        }
        return MacroString.parseDomain(rest.substring(1));
    }

    private static Optional<MacroString> optionalDomain(String rest) throws SpfError {
        return rest.isEmpty() ? Optional.empty() : Optional.of(domain(rest));
    }

    /** Where the prefix lengths begin: a slash may be part of a domain too. */
    private static int prefixStart(String rest) {
        int start = rest.length();
        int digits = digitsBefore(rest, start);
        if (digits < start && digits >= 2 && rest.startsWith("//", digits - 2)) {
            start = digits - 2;
            digits = digitsBefore(rest, start);
        }
        if (digits < start && digits >= 1 && rest.charAt(digits - 1) == '/') {
            return digits - 1;
        }
        return start;
    }

    private static int digitsBefore(String text, int end) {
        int start = end;
        while (start > 0 && text.charAt(start - 1) >= '0' && text.charAt(start - 1) <= '9') {
            start--;
        }
        return start;
    }

    private static String withoutPrefixes(String rest) {
        return rest.substring(0, prefixStart(rest));
    }

    private static Prefixes prefixes(String rest) throws SpfError {
        String text = rest.substring(prefixStart(rest));
        int twice = text.indexOf("//");
        String four = twice < 0 ? text : text.substring(0, twice);
        return new Prefixes(
                four.isEmpty() ? 32 : length(four.substring(1), 32),
                twice < 0 ? 128 : length(text.substring(twice + 2), 128));
    }

    private static int length(String digits, int most) throws SpfError {
        boolean number = !digits.isEmpty()
                && digits.length() <= 3
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        if (!number || Integer.parseInt(digits) > most) {
            throw SpfError.permanent("not a prefix length: " + digits);
        }
        return Integer.parseInt(digits);
    }

    private static Mechanism network(String rest, int bits) throws SpfError {
        int slash = rest.indexOf('/');
        String address = rest.substring(Math.min(1, rest.length()), slash < 0 ? rest.length() : Math.max(1, slash));
        int prefix = slash < 0 ? bits : length(rest.substring(slash + 1), bits);
        boolean plausible = rest.startsWith(":") && (bits == 32 ? isIpv4(address) : isIpv6(address));
        if (plausible) {
            try {
                return new Mechanism.Network(InetAddress.ofLiteral(address), prefix);
            } catch (IllegalArgumentException bad) {
                // Said below.
            }
        }
        throw SpfError.permanent("not a network: " + rest);
    }

    /** Four numbers: the JDK takes fewer, and other notations. */
    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean number =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!number || Integer.parseInt(part) > 255 || (part.length() > 1 && part.charAt(0) == '0')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0
                && text.chars().allMatch(c -> (Character.digit(c, 16) >= 0 && c < 0x80) || c == ':' || c == '.');
    }
}
