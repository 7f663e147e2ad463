package cz.digidig.smtp.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cz.digidig.smtp.client.Origin;
import cz.digidig.smtp.client.SmtpClient;
import cz.digidig.smtp.dns.CurrentDns;
import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.protocol.MailCommand.Return;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.routing.MailRouting;
import cz.digidig.smtp.routing.Ourselves;
import cz.digidig.smtp.settings.Checks;
import cz.digidig.smtp.settings.DomainLimits;
import cz.digidig.smtp.settings.OutboundLimits;
import cz.digidig.smtp.settings.RetryLimits;
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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process with a queue is killed again and again in the middle of its work: every message that it accepted reaches its
 * server or its sender. Properties {@code digidig.queue.kills} and {@code digidig.queue.messages}.
 */
class QueueCrashIT {
    private static final Logger LOG = LoggerFactory.getLogger(QueueCrashIT.class);
    private static final int KILLS = Integer.getInteger("digidig.queue.kills", 3);
    private static final int MESSAGES = Integer.getInteger("digidig.queue.messages", 150);
    private static final int DOMAINS = 50;
    private static final int SINKS = 5;
    /** Its users don't exist: mail to it comes back. */
    private static final String REFUSING = "d7.test";
    /** Refuses each message at first. */
    private static final String GREY = "d8.test";

    private static final int CONCURRENCY = 20;
    private static final Pattern NUMBER = Pattern.compile("(?m)^Subject: number (\\d+)\r?$");

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();

    /** The process: takes {@code <number> <domain>} a line, says the number when the message is safe, and delivers. */
    public static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Spool spool = open(Path.of(arguments[0]));
            RemoteScheduler scheduler = scheduler(spool, arguments[1], Integer.parseInt(arguments[2]));
            spool.onAccepted(scheduler::schedule);
            scheduler.start();
            spool.eachRecovered(scheduler::schedule);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] order = line.split(" ", 2);
                accept(spool, order[0], "user@" + order[1]);
                System.out.println("accepted " + order[0]);
                System.out.flush();
            }
        }

        private static void accept(Spool spool, String number, String to) throws IOException {
            QueueId id = spool.nextId();
            MessageBuffer buffer = spool.newBuffer(id);
            String text =
                    "Subject: number " + number + "\r\n\r\n" + "text\r\n".repeat(Integer.parseInt(number) % 7 * 300);
            buffer.write(text.getBytes(StandardCharsets.US_ASCII));
            Envelope envelope = new Envelope(
                    Clock.systemUTC().instant(),
                    "0123456789abcdef0123456789abcdef",
                    ReversePath.of("sender@digidig.test"),
                    "",
                    false,
                    Body.SEVEN_BIT,
                    Return.HEADERS,
                    "",
                    List.of(new Recipient(to, Set.of(), "", List.of(new Target.Remote(to)))));
            spool.accept(id, envelope, buffer);
        }

        private static RemoteScheduler scheduler(Spool spool, String dns, int port) {
            Clock clock = Clock.systemUTC();
            SmtpSettings settings = new SmtpSettings(
                    "mail.digidig.test",
                    1 << 20,
                    100,
                    List.of(dns),
                    List.of(),
                    List.of(),
                    Checks.NONE,
                    Submission.USUAL);
            OutboundLimits limits =
                    new OutboundLimits(port, CONCURRENCY, 3, 100, 10, 8, Duration.ofSeconds(2), Duration.ofSeconds(10));
            RetryLimits retry = OutboundRig.retry(Duration.ofMillis(300), Duration.ofDays(5), Duration.ofHours(4));
            FailureReports reports = new FailureReports(
                    spool,
                    _ -> Optional.of(List.of(new Target.Local("sender", "sender@digidig.test"))),
                    () -> "mail.digidig.test",
                    clock);
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            return new RemoteScheduler(
                    spool,
                    new MailRouting(
                            () -> settings,
                            () -> limits,
                            new CurrentDns(settings::dnsServers, limits.dnsTimeout(), limits.dnsTime()),
                            new Elsewhere(),
                            new Random(1)),
                    new SmtpClient(
                            OutboundRig.clientLimits(Duration.ofSeconds(20), Duration.ofSeconds(20)),
                            () -> Origin.named("mail.digidig.test")),
                    _ -> Optional.of(List.of()),
                    reports,
                    new Settlement(spool, reports, clock, registry),
                    () -> limits,
                    () -> retry,
                    way -> new DomainLimits(way, limits.perDomain(), 0),
                    clock,
                    registry);
        }
    }

    /** Nothing of the test leads back to the process. */
    private static final class Elsewhere implements Ourselves {
        @Override
        public boolean named(String host) {
            return false;
        }

        @Override
        public boolean listensAt(InetAddress address, int port) {
            return false;
        }
    }

    private static Spool open(Path folder) throws IOException {
        return Spool.open(
                new SpoolSettings(folder.resolve("queue"), 256 * 1024, 8 * 1024, 1 << 20, 0, Long.MAX_VALUE),
                Clock.systemUTC());
    }

    private static String domain(int number) {
        return "d" + number % DOMAINS + ".test";
    }

    @Test
    void everyAcceptedMessageIsDeliveredOrReported() throws IOException, InterruptedException {
        try (OutboundRig rig = new OutboundRig(folder)) {
            ScriptedSink[] sinks = sinks(rig);
            int next = 0;
            for (int life = 0; life < KILLS; life++) {
                int share = (MESSAGES - next) / (KILLS - life);
                next = liveAndDie(rig, sinks[0].port(), next, next + share);
            }
            // Nobody reads what it says: a full pipe would stop it.
            Process last = start(rig, sinks[0].port(), ProcessBuilder.Redirect.DISCARD);
            try {
                await().atMost(Duration.ofMinutes(5))
                        .until(() -> received(sinks).keySet().containsAll(toDeliver()));
                await().atMost(Duration.ofMinutes(5))
                        .until(() -> refusals(sinks) >= toReport().size());
                // The last outcomes are on their way to the spool.
                last.getOutputStream().close();
                await().atMost(Duration.ofMinutes(1)).until(this::nothingWaits);
            } finally {
                last.toHandle().destroyForcibly();
                last.waitFor(1, TimeUnit.MINUTES);
            }
            judge(received(sinks));
        }
    }

    private ScriptedSink[] sinks(OutboundRig rig) throws IOException {
        ScriptedSink[] sinks = new ScriptedSink[SINKS];
        Set<String> seen = ConcurrentHashMap.newKeySet();
        sinks[0] = rig.first();
        for (int i = 1; i < SINKS; i++) {
            sinks[i] = rig.sink("sink" + i + ".test");
        }
        for (ScriptedSink sink : sinks) {
            sink.script = (stage, line, _) -> {
                if (stage.equals("END")) {
                    // Time for a kill between the message and its reply.
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15));
                } else if (stage.equals("RCPT") && line.contains(REFUSING)) {
                    return "550 5.1.1 nobody";
                } else if (stage.equals("RCPT") && line.contains(GREY) && seen.add(line + seen.size() / 2)) {
                    return "451 4.7.1 later";
                }
                return null;
            };
        }
        for (int i = 0; i < DOMAINS; i++) {
            rig.dns.address("d" + i + ".test", sinks[i % SINKS].address());
        }
        return sinks;
    }

    private Process start(OutboundRig rig, int port, ProcessBuilder.Redirect output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString(),
                        rig.dns.server(),
                        String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output)
                .start();
    }

    /** Gives a process some messages and kills it a moment after the last is accepted, or before. */
    private int liveAndDie(OutboundRig rig, int port, int from, int to) throws IOException, InterruptedException {
        Process child = start(rig, port, ProcessBuilder.Redirect.PIPE);
        int given = from;
        try (Writer orders = new OutputStreamWriter(child.getOutputStream(), StandardCharsets.US_ASCII);
                BufferedReader answers = child.inputReader(StandardCharsets.US_ASCII)) {
            while (given < to) {
                orders.write(given + " " + domain(given) + "\n");
                orders.flush();
                given++;
                String answer = answers.readLine();
                while (answer != null && !answer.startsWith("accepted ")) {
                    answer = answers.readLine();
                }
                assertThat(answer).isNotNull();
                accepted.add(Integer.parseInt(String.valueOf(answer).substring("accepted ".length())));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(120)));
            child.toHandle().destroyForcibly();
            child.waitFor(1, TimeUnit.MINUTES);
        }
        return given;
    }

    private Set<Integer> toDeliver() {
        Set<Integer> numbers = new HashSet<>(accepted);
        numbers.removeIf(number -> domain(number).equals(REFUSING));
        return numbers;
    }

    private Set<Integer> toReport() {
        Set<Integer> numbers = new HashSet<>(accepted);
        numbers.removeIf(number -> !domain(number).equals(REFUSING));
        return numbers;
    }

    private static long refusals(ScriptedSink... sinks) {
        long count = 0;
        for (ScriptedSink sink : sinks) {
            count += sink.commands.stream()
                    .filter(command -> command.startsWith("RCPT") && command.contains(REFUSING))
                    .count();
        }
        return count;
    }

    /** How often each message was received. */
    private static Map<Integer, Integer> received(ScriptedSink... sinks) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (ScriptedSink sink : sinks) {
            sink.received.forEach(message -> counts.merge(number(message.data()), 1, Integer::sum));
        }
        return counts;
    }

    private static int number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    /** Looks at a copy of what is on disk, as the next start would find it. */
    private boolean nothingWaits() throws IOException {
        Path copy = folder.resolve("copy" + System.nanoTime());
        try (Stream<Path> files = Files.walk(folder.resolve("queue"))) {
            for (Path file : files.toList()) {
                Path to = copy.resolve("queue")
                        .resolve(folder.resolve("queue").relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        } catch (NoSuchFileException deleted) {
            return false;
        }
        try (Spool spool = open(copy)) {
            return spool.messages().stream()
                    .allMatch(message -> message.envelope().from() instanceof ReversePath.Nobody);
        }
    }

    private void judge(Map<Integer, Integer> received) throws IOException {
        Map<Integer, Integer> reported = new HashMap<>();
        try (Spool spool = open(folder)) {
            for (QueuedMessage message : spool.messages()) {
                assertThat(message.envelope().from()).isInstanceOf(ReversePath.Nobody.class);
                try (InputStream content = spool.content(message)) {
                    String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                    reported.merge(number(text), 1, Integer::sum);
                }
            }
        }
        int repeats = received.values().stream().mapToInt(count -> count - 1).sum();
        int reportedAgain =
                reported.values().stream().mapToInt(count -> count - 1).sum();
        LOG.info(
                "{} kills: {} messages accepted, {} delivered, {} reported, {} received again, {} reported again",
                KILLS,
                accepted.size(),
                received.size(),
                reported.size(),
                repeats,
                reportedAgain);
        assertThat(accepted).hasSize(MESSAGES);
        assertThat(received.keySet()).containsAll(toDeliver());
        assertThat(reported.keySet()).containsAll(toReport());
        // Only what was under way when the process died may come again.
        assertThat(repeats).isLessThanOrEqualTo(KILLS * CONCURRENCY);
        assertThat(reportedAgain).isLessThanOrEqualTo(KILLS * CONCURRENCY);
    }
}
