package cz.digidig.smtp.policy;

import cz.digidig.smtp.dns.BoundedDns;
import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.mailauth.spf.SpfCheck;
import cz.digidig.smtp.mailauth.spf.SpfQuery;
import cz.digidig.smtp.mailauth.spf.SpfResult;
import cz.digidig.smtp.policy.ClientFindings.Finding;
import cz.digidig.smtp.policy.ClientFindings.Listing;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.settings.BlockList;
import cz.digidig.smtp.settings.Checks;
import cz.digidig.smtp.settings.Checks.Mode;
import cz.digidig.smtp.settings.RateLimits;
import cz.digidig.smtp.settings.SmtpSettings;
import java.net.IDN;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checks of all sessions. Safe for any number of them. */
public final class ArrivalPolicy {
    /** How long one message's lookups may take at MAIL, and again at its end (RFC 7208 §4.6.4 wants 20 s or more). */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final int MOST_LOOKUPS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ArrivalPolicy.class);
    private static final EnhancedStatus SPF_FAILED = new EnhancedStatus(5, 7, 23);
    private static final EnhancedStatus NO_REVERSE_NAME = new EnhancedStatus(5, 7, 25);
    private static final SmtpReply TOO_FAST =
            SmtpReply.of(450, EnhancedStatus.TOO_MANY_ATTEMPTS, "Too many messages within a minute; try again later");
    private static final SmtpReply TOO_MANY_CONNECTIONS = SmtpReply.of(
            421, EnhancedStatus.TOO_MANY_ATTEMPTS, "Too many connections within a minute; try again later");

    private final Dns dns;
    private final DmarcCounts counts;
    private final Clock clock;
    private final RandomGenerator random;
    private final RateMeter rates = new RateMeter(System::nanoTime);

    public ArrivalPolicy(Dns dns, DmarcCounts counts, Clock clock, RandomGenerator random) {
        this.dns = dns;
        this.counts = counts;
        this.clock = clock;
        this.random = random;
    }

    /** Why a connection to an mx listener is not served; empty: it is. */
    public Optional<SmtpReply> connection(InetAddress client, SmtpSettings settings) {
        int most = settings.checks().rateLimits().connectionsPerAddress();
        return rates.take("c" + client.getHostAddress(), most).isZero()
                ? Optional.empty()
                : Optional.of(TOO_MANY_CONNECTIONS);
    }

    /** Why an account may not begin a message now; empty: it may. */
    public Optional<SmtpReply> submission(String account, SmtpSettings settings) {
        return pause(account, settings).isZero() ? Optional.empty() : Optional.of(TOO_FAST);
    }

    /** How long until an account may begin a message; zero: it may, and that is counted. */
    public Duration pause(String account, SmtpSettings settings) {
        return rates.take("u" + account, settings.checks().rateLimits().messagesPerAccount());
    }

    /** Judges a client that names a sender on an mx listener. */
    public SenderVerdict sender(Client client, ReversePath from, SmtpSettings settings) {
        Checks checks = settings.checks();
        InetAddress address = client.address();
        RateLimits most = checks.rateLimits();
        if (!rates.take("m" + address.getHostAddress(), most.messagesPerAddress())
                        .isZero()
                || !rates.take("n" + Networks.around(address), most.messagesPerNetwork())
                        .isZero()) {
            return new SenderVerdict.Refused(TOO_FAST);
        }
        if (isTrusted(address, settings)) {
            return welcome(settings, Optional.empty());
        }
        Dns bounded = new BoundedDns(dns, PATIENCE, MOST_LOOKUPS);
        ClientFindings found = ClientChecks.find(address, client.hello(), checks, bounded);
        Optional<SmtpReply> refusal = found.allowed().isEmpty() ? refusal(client, found, checks) : Optional.empty();
        SpfResult spf = new SpfResult(SpfResult.Outcome.NONE, "", "");
        String asked = "";
        if (refusal.isEmpty() && (checks.spf() != Mode.OFF || checks.dmarc() != Mode.OFF)) {
            SpfQuery query = query(client, from, settings);
            asked = query.domain();
            spf = SpfCheck.evaluate(query, bounded);
            if (checks.spf() == Mode.ENFORCE && spf.outcome() == SpfResult.Outcome.FAIL) {
                refusal = Optional.of(spfRefusal(client, query, spf));
            }
        }
        if (refusal.isPresent()) {
            LOG.atInfo()
                    .addKeyValue("client", address.getHostAddress())
                    .addKeyValue("sender", from)
                    .log("sender refused: {}", refusal.get().lines().getFirst());
            return new SenderVerdict.Refused(refusal.get());
        }
        return welcome(settings, Optional.of(new Arrival.Known(client, from, found, spf, asked)));
    }

    private SenderVerdict welcome(SmtpSettings settings, Optional<Arrival.Known> known) {
        return new SenderVerdict.Welcome(new Arrival(settings, known, dns, counts, clock, random));
    }

    /**
     * Whether a client's mail is taken without checks. As long as no name servers are set, the system's may know nothing
     * of the world, and who comes from a private address is this machine or its site.
     */
    private static boolean isTrusted(InetAddress client, SmtpSettings settings) {
        return (settings.dnsServers().isEmpty() && Networks.isPrivate(client))
                || Networks.contain(settings.checks().trustedNetworks(), client);
    }

    private static Optional<SmtpReply> refusal(Client client, ClientFindings found, Checks checks) {
        String address = "[" + client.address().getHostAddress() + "]";
        if (found.listed().isPresent()) {
            Listing listing = found.listed().get();
            if (listing.list().action() == BlockList.Action.REFUSE) {
                return Optional.of(SmtpReply.of(
                        554,
                        EnhancedStatus.NOT_AUTHORISED,
                        "Your address " + address + " is listed by "
                                + listing.list().zone()));
            }
        }
        if (checks.reverseDns() == Mode.ENFORCE && found.reverse() == Finding.FAIL) {
            return Optional.of(SmtpReply.of(
                    550, NO_REVERSE_NAME, "Your address " + address + " has no name that leads back to it"));
        }
        if (checks.hello() == Mode.ENFORCE && found.hello() == Finding.FAIL) {
            return Optional.of(SmtpReply.of(
                    550,
                    EnhancedStatus.NOT_AUTHORISED,
                    "Your EHLO name is neither a host's that exists nor your address"));
        }
        return Optional.empty();
    }

    private SpfQuery query(Client client, ReversePath from, SmtpSettings settings) {
        String local = "";
        String domain = client.hello();
        if (from instanceof ReversePath.Mailbox mailbox) {
            local = mailbox.address().local();
            domain = mailbox.address().domain();
        }
        return new SpfQuery(
                client.address(), local, ascii(domain), client.hello(), settings.hostname(), clock.instant());
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notADomain) {
            return domain;
        }
    }

    private static SmtpReply spfRefusal(Client client, SpfQuery query, SpfResult spf) {
        String why = query.domain() + " does not let " + client.address().getHostAddress() + " send for it (SPF)";
        // What the domain says comes from outside: marked as its words (RFC 7208 §6.2).
        return new SmtpReply(
                550,
                SPF_FAILED,
                spf.explanation().isEmpty()
                        ? List.of(why)
                        : List.of(why, query.domain() + " explains: " + spf.explanation()));
    }
}
