package cz.digidig.smtp.policy;

import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.mailauth.spf.SpfResult;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.settings.Checks.Mode;
import cz.digidig.smtp.settings.SmtpSettings;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A message that is under way from outside: what is known before its first octet. */
public final class Arrival {
    private final SmtpSettings settings;
    private final Optional<Known> known;
    private final Dns dns;
    private final DmarcCounts counts;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * What MAIL brought of a client that is not trusted.
     *
     * @param spfDomain whom SPF was asked of; empty: it was not
     */
    record Known(Client client, ReversePath from, ClientFindings findings, SpfResult spf, String spfDomain) {}

    Arrival(
            SmtpSettings settings,
            Optional<Known> known,
            Dns dns,
            DmarcCounts counts,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.known = known;
        this.dns = dns;
        this.counts = counts;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Begins the message.
     *
     * @param out where its octets go, without what was forged
     */
    public ArrivingMessage begin(OutputStream out) {
        return new ArrivingMessage(this, out);
    }

    SmtpSettings settings() {
        return settings;
    }

    Optional<Known> known() {
        return known;
    }

    /** Whether the octets need to be looked at. */
    boolean authenticates() {
        return known.isPresent()
                && (settings.checks().dkim() != Mode.OFF || settings.checks().dmarc() != Mode.OFF);
    }

    Dns dns() {
        return dns;
    }

    DmarcCounts counts() {
        return counts;
    }

    Clock clock() {
        return clock;
    }

    /** 0 to 99, by chance. */
    int sample() {
        return random.nextInt(100);
    }
}
