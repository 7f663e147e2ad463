package cz.digidig.smtp.delivery;

import cz.digidig.common.net.TlsContext;
import cz.digidig.smtp.client.ClientLimits;
import cz.digidig.smtp.client.Origin;
import cz.digidig.smtp.client.SmtpClient;
import cz.digidig.smtp.dns.CurrentDns;
import cz.digidig.smtp.mailauth.dkim.SigningKey;
import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.protocol.MailCommand.Return;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.routing.MailRouting;
import cz.digidig.smtp.routing.Ourselves;
import cz.digidig.smtp.settings.Checks;
import cz.digidig.smtp.settings.DomainLimits;
import cz.digidig.smtp.settings.OutboundLimits;
import cz.digidig.smtp.settings.RetryLimits;
import cz.digidig.smtp.settings.SmartHost;
import cz.digidig.smtp.settings.SmtpSettings;
import cz.digidig.smtp.settings.Submission;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolSettings;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.spool.TargetState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Everything that sends mail to elsewhere, between a spool in a folder, a scripted name server and scripted sinks. */
final class OutboundRig implements AutoCloseable {
    static final String TEXT = "Subject: x\r\n\r\n.dots\r\n..and more\r\nbody\r\n";
    private static final ClientLimits QUICK = clientLimits(Duration.ofMillis(600), Duration.ofSeconds(20));

    final ScriptedDns dns = new ScriptedDns();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Path folder;
    private final SSLContext tls;
    private final List<ScriptedSink> sinks = new ArrayList<>();
    private int port;
    volatile List<SmartHost> smartHosts = List.of();
    volatile List<String> dnsServers;
    volatile @Nullable ScriptedSink ourselves;
    volatile Function<String, Optional<List<SigningKey>>> keys = _ -> Optional.of(List.of());
    volatile OutboundLimits limits;
    volatile RetryLimits retry = retry(Duration.ofMillis(100), Duration.ofDays(5), Duration.ofHours(4));
    volatile Origin origin = Origin.named("mail.digidig.test");
    /** Limits of ways that have their own. */
    final Map<String, DomainLimits> domains = new ConcurrentHashMap<>();

    ClientLimits clientLimits = QUICK;
    Spool spool;
    RemoteScheduler scheduler;

    OutboundRig(Path folder) throws IOException {
        this.folder = folder;
        this.tls = TlsContext.fromFolder(folder.resolve("tls"), "sink.test").sslContext();
        this.dnsServers = List.of(dns.server());
        sink("sink.test");
        this.limits = new OutboundLimits(port, 20, 3, 100, 10, 8, Duration.ofMillis(400), Duration.ofSeconds(5));
        this.spool = openSpool();
        this.scheduler = newScheduler();
    }

    static ClientLimits clientLimits(Duration step, Duration idle) {
        return new ClientLimits(step, step, step, step, step, step, step, step, step, step, idle, 100);
    }

    static RetryLimits retry(Duration pause, Duration expiry, Duration warning) {
        return new RetryLimits(List.of(pause), expiry, expiry, warning);
    }

    private Spool openSpool() throws IOException {
        return Spool.open(
                new SpoolSettings(folder.resolve("spool"), 1 << 20, 1 << 16, 1 << 20, 0, Long.MAX_VALUE),
                Clock.systemUTC());
    }

    private RemoteScheduler newScheduler() {
        FailureReports reports = new FailureReports(
                spool,
                _ -> Optional.of(List.of(new Target.Local("sender", "sender@digidig.test"))),
                () -> "mail.digidig.test",
                Clock.systemUTC());
        Ourselves us = new Ourselves() {
            @Override
            public boolean named(String host) {
                return host.equals("mail.digidig.test");
            }

            @Override
            public boolean listensAt(InetAddress address, int number) {
                ScriptedSink own = ourselves;
                return own != null && own.address().equals(address) && own.port() == number;
            }
        };
        return new RemoteScheduler(
                spool,
                new MailRouting(
                        this::settings,
                        () -> limits,
                        new CurrentDns(() -> settings().dnsServers(), limits.dnsTimeout(), limits.dnsTime()),
                        us,
                        new Random(1)),
                new SmtpClient(clientLimits, () -> origin),
                domain -> keys.apply(domain),
                reports,
                new Settlement(spool, reports, Clock.systemUTC(), registry),
                () -> limits,
                () -> retry,
                way -> domains.getOrDefault(way, new DomainLimits(way, limits.perDomain(), 0)),
                Clock.systemUTC(),
                registry);
    }

    private SmtpSettings settings() {
        return new SmtpSettings(
                "mail.digidig.test", 1 << 20, 100, dnsServers, List.of(), smartHosts, Checks.NONE, Submission.USUAL);
    }

    /** Another sink: all have one port, each an address of its own. */
    ScriptedSink sink(String host) throws IOException {
        return sink(host, tls);
    }

    ScriptedSink sinkWithBrokenTls(String host) throws IOException {
        return sink(host, null);
    }

    private ScriptedSink sink(String host, @Nullable SSLContext context) throws IOException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (sinks.size() + 1)});
        ScriptedSink sink = new ScriptedSink(address, port, context);
        port = sink.port();
        sinks.add(sink);
        dns.address(host, address);
        return sink;
    }

    /** The sink that gets the mail of {@code sink.test}: the domain has no MX. */
    ScriptedSink first() {
        return sinks.getFirst();
    }

    void start() {
        spool.onAccepted(scheduler::schedule);
        scheduler.start();
        spool.eachRecovered(scheduler::schedule);
    }

    /** A new start after some limits were changed. */
    void restart() throws IOException {
        scheduler.close();
        spool.close();
        spool = openSpool();
        scheduler = newScheduler();
        start();
    }

    QueuedMessage send(String... recipients) throws IOException {
        return sendFrom("sender@digidig.test", TEXT, recipients);
    }

    QueuedMessage sendFrom(String from, String text, String... recipients) throws IOException {
        return accept(from, text, Body.SEVEN_BIT, false, Set.of(), recipients);
    }

    QueuedMessage accept(String from, String text, Body body, boolean utf8, Set<Notify> notifyOn, String... recipients)
            throws IOException {
        List<Recipient> to = new ArrayList<>();
        for (String recipient : recipients) {
            to.add(new Recipient(recipient, notifyOn, "", List.of(new Target.Remote(recipient))));
        }
        return accept(from, "", text, body, utf8, to);
    }

    QueuedMessage accept(String from, String submitter, String text, Body body, boolean utf8, List<Recipient> to)
            throws IOException {
        QueueId id = spool.nextId();
        MessageBuffer buffer = spool.newBuffer(id);
        buffer.write(text.getBytes(StandardCharsets.UTF_8));
        Envelope envelope = new Envelope(
                Clock.systemUTC().instant(),
                "0123456789abcdef0123456789abcdef",
                ReversePath.of(from),
                submitter,
                utf8,
                body,
                Return.HEADERS,
                "env",
                to);
        return spool.accept(id, envelope, buffer);
    }

    static TargetState state(QueuedMessage message) {
        return message.state(0);
    }

    /** What was reported to senders, oldest first. */
    List<String> reports() {
        return spool.messages().stream()
                .filter(message -> message.envelope().from() instanceof ReversePath.Nobody)
                .map(this::text)
                .toList();
    }

    private String text(QueuedMessage message) {
        try (InputStream content = spool.content(message)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    double counted(String result) {
        return registry.find("digidig.smtp.outbound").tag("result", result).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() throws IOException {
        scheduler.close();
        spool.close();
        for (ScriptedSink sink : sinks) {
            sink.close();
        }
        dns.close();
    }
}
