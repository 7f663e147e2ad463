package cz.digidig.smtp.mailauth.spf;

import java.net.InetAddress;
import java.time.Instant;

/**
 * What SPF is asked.
 *
 * @param client the client's address; an IPv4 address in IPv6 form is taken as IPv4 (RFC 7208 §5)
 * @param local the sender's local part; empty means postmaster (§4.3)
 * @param domain the domain that is asked: the sender's, or the hello's
 * @param hello the name of EHLO or HELO
 * @param receiver our own name, for explanations
 * @param now for explanations
 */
public record SpfQuery(InetAddress client, String local, String domain, String hello, String receiver, Instant now) {
    public SpfQuery {
        local = local.isEmpty() ? "postmaster" : local;
    }
}
