package cz.digidig.smtp.server;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.net.TlsContext;
import cz.digidig.common.net.TlsMode;
import cz.digidig.smtp.command.CommandDispatcher;
import cz.digidig.smtp.dns.DnsTable;
import cz.digidig.smtp.policy.ArrivalPolicy;
import cz.digidig.smtp.policy.DmarcCounts;
import cz.digidig.smtp.protocol.Credentials;
import cz.digidig.smtp.session.Account;
import cz.digidig.smtp.session.Directory;
import cz.digidig.smtp.settings.Checks;
import cz.digidig.smtp.settings.MailListener;
import cz.digidig.smtp.settings.Role;
import cz.digidig.smtp.settings.SmtpLimits;
import cz.digidig.smtp.settings.SmtpSettings;
import cz.digidig.smtp.settings.Submission;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolSettings;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.usage.DailyUsage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/** The listeners over a spool in a folder, with two accounts: alice and bob of digidig.test. */
final class TestServer implements AutoCloseable {
    static final SmtpLimits LIMITS = limits(Duration.ofSeconds(20), Duration.ofMinutes(1), DataSize.ofBytes(1));

    private final Spool spool;
    private final DailyUsage usage;
    private final SmtpServer server;
    final People people = new People();
    final DnsTable dns = new DnsTable();
    final DmarcCounts counts;

    /** Accounts without a service behind them. */
    static final class People implements Directory {
        volatile boolean down;

        @Override
        public Verdict resolve(EmailAddress address) {
            if (down) {
                return new Verdict.Unavailable();
            }
            if (!address.domain().equals("digidig.test")) {
                return new Verdict.Elsewhere();
            }
            return switch (address.withoutTag().key()) {
                case "alice@digidig.test", "bob@digidig.test" ->
                    new Verdict.Deliverable(List.of(new Target.Local(
                            address.withoutTag().local(), address.withoutTag().key())));
                case "postmaster@digidig.test" ->
                    new Verdict.Deliverable(List.of(new Target.Local("admin", "admin@digidig.test")));
                case "gone@digidig.test" -> new Verdict.Disabled();
                default -> new Verdict.Unknown();
            };
        }

        @Override
        public LogIn logIn(Credentials credentials, InetAddress client) {
            boolean fine =
                    switch (credentials) {
                        case Credentials.Password password ->
                            password.user().equals("alice@digidig.test")
                                    && password.password().equals("secret");
                        case Credentials.Token token -> token.token().equals("good-token");
                    };
            return fine
                    ? new LogIn.Accepted(new Account(
                            "alice", "alice@digidig.test", Set.of("alice@digidig.test", "info@digidig.test")))
                    : new LogIn.Refused();
        }

        @Override
        public LogIn account(String id) {
            return new LogIn.Refused();
        }
    }

    static SmtpLimits limits(Duration idle, Duration slowGrace, DataSize slowest) {
        return new SmtpLimits(
                100,
                100,
                idle,
                idle,
                Duration.ofMinutes(10),
                Duration.ofSeconds(5),
                slowGrace,
                slowest,
                4096,
                2000,
                10,
                100,
                3,
                1000,
                50);
    }

    static SmtpSettings settings(Submission submission) {
        return new SmtpSettings(
                "mail.digidig.test",
                1024 * 1024,
                3,
                List.of(),
                List.of(
                        new MailListener("mx", "127.0.0.1", 0, TlsMode.STARTTLS, Role.MX, false, true),
                        new MailListener("submission", "127.0.0.1", 0, TlsMode.STARTTLS, Role.SUBMISSION, false, true),
                        new MailListener(
                                "submissions", "127.0.0.1", 0, TlsMode.IMPLICIT, Role.SUBMISSION, false, true)),
                List.of(),
                Checks.NONE,
                submission);
    }

    TestServer(Path folder, SmtpLimits limits) throws IOException {
        this(folder, limits, Submission.USUAL);
    }

    TestServer(Path folder, SmtpLimits limits, Submission submission) throws IOException {
        counts = new DmarcCounts(folder.resolve("dmarc"), Clock.systemUTC());
        spool = Spool.open(
                new SpoolSettings(folder.resolve("spool"), 4 << 20, 64 << 10, 4 << 20, 0, Long.MAX_VALUE),
                Clock.systemUTC());
        usage = new DailyUsage(folder.resolve("usage"), Clock.systemUTC());
        server = new SmtpServer(
                new CommandDispatcher(
                        people,
                        spool,
                        usage,
                        new ArrivalPolicy(dns, counts, Clock.systemUTC(), () -> 0),
                        Clock.systemUTC(),
                        EmailAddress.parse("postmaster@digidig.test").orElseThrow()),
                settings(submission),
                _ -> limits,
                TlsContext.fromFolder(folder, "mail.digidig.test"),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        server.apply(settings(submission));
    }

    /** New sessions are checked so. As name servers are set, clients on loopback are checked too. */
    void checks(Checks checks) throws IOException {
        SmtpSettings usual = settings(Submission.USUAL);
        server.apply(new SmtpSettings(
                usual.hostname(),
                usual.maxMessageSize(),
                usual.maxRecipients(),
                List.of("192.0.2.53:53"),
                usual.listeners(),
                List.of(),
                checks,
                usual.submission()));
    }

    RawClient mx() throws IOException {
        return RawClient.connect(server.port("mx"));
    }

    RawClient submission() throws IOException {
        return RawClient.connect(server.port("submission"));
    }

    RawClient submissions() throws IOException {
        return RawClient.connectTls(server.port("submissions"));
    }

    /** What was accepted, oldest first. */
    List<QueuedMessage> accepted() {
        return List.copyOf(spool.messages());
    }

    String content(QueuedMessage message) throws IOException {
        try (InputStream in = spool.content(message)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        server.close();
        spool.close();
        usage.close();
    }
}
