package cz.digidig.smtp.mailauth.spf;

import java.net.InetAddress;
import java.util.Optional;

/** What a client's address is compared with (RFC 7208 §5). */
sealed interface Mechanism {
    /** Everybody. */
    record All() implements Mechanism {}

    /** Whom another domain's record passes. */
    record Include(MacroString domain) implements Mechanism {}

    /** A domain's addresses; no domain: the one that is asked. */
    record Address(Optional<MacroString> domain, Prefixes prefixes) implements Mechanism {}

    /** The addresses of a domain's mail exchangers. */
    record Exchangers(Optional<MacroString> domain, Prefixes prefixes) implements Mechanism {}

    /** Who is called so by name. */
    record Pointer(Optional<MacroString> domain) implements Mechanism {}

    /** A network, IPv4 or IPv6. */
    record Network(InetAddress address, int prefix) implements Mechanism {}

    /** Whether a name exists. */
    record Exists(MacroString domain) implements Mechanism {}

    /** How many bits of an address count. */
    record Prefixes(int ipv4, int ipv6) {
        int of(InetAddress address) {
            return address.getAddress().length == 4 ? ipv4 : ipv6;
        }
    }

    /**
     * A mechanism in a record.
     *
     * @param outcome what a match means
     * @param text as it stands in the record
     */
    record Directive(SpfResult.Outcome outcome, Mechanism mechanism, String text) {}
}
