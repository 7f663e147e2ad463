package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.client.SmtpClient.Reply;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Program;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every {@code .eml} below {@code -Ddigidig.corpus=FOLDER} (CRLF made of bare LF) goes in and comes back octet for octet,
 * or is refused with a reason that is true of it.
 */
@ExtendWith(SuiteExtension.class)
class CorpusIT {
    private static final int CONNECTIONS = 4;
    /** The limit that docs/smtp.md names. */
    private static final int LONGEST_LINE = 65_536;

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern RETURN_PATH = Pattern.compile("^Return-Path: <c(\\d+)@corpus\\.example>");

    private final Suite suite;

    CorpusIT(Suite suite) {
        this.suite = suite;
    }

    /** One message of the corpus, as it is sent. */
    private record Sample(int number, Path file, byte[] octets) {}

    /** What became of the samples of one connection: the stored ones by what identifies them, the others by reason. */
    private record Outcome(Map<Long, Sample> stored, Map<String, List<Path>> refused) {
        Outcome() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        void refuse(Sample sample, String reply) {
            refused.computeIfAbsent(reason(sample, reply), ignored -> new ArrayList<>())
                    .add(sample.file());
        }
    }

    @Test
    void whatSmtpTakesComesBack() throws Exception {
        List<Outcome> outcomes = inParallel(samples(), (part, account) -> {
            Outcome outcome = sendAll(part, account);
            Awaitility.await().atMost(LIMIT).until(() -> {
                try (ImapClient imap = suite.imap(account)) {
                    return imap.select("INBOX") >= outcome.stored().size();
                }
            });
            try (ImapClient imap = suite.imap(account)) {
                assertThat(imap.select("INBOX")).isEqualTo(outcome.stored().size());
                for (long uid : imap.uids()) {
                    byte[] fetched = imap.fetch(uid);
                    Sample sample = outcome.stored().remove(numberIn(fetched));
                    assertThat(sample)
                            .as("UID %d is one that was sent, once", uid)
                            .isNotNull();
                    Messages.traceAbove(Messages.endedByCrlf(sample.octets()), fetched);
                    describe(imap, uid, sample);
                }
                assertThat(outcome.stored()).as("accepted and not there").isEmpty();
            }
            return outcome;
        });
        report("SMTP", outcomes);
    }

    @Test
    void whatAppendTakesComesBack() throws Exception {
        Queue<Description> descriptions = new ConcurrentLinkedQueue<>();
        List<Outcome> outcomes = inParallel(samples(), (part, account) -> {
            Outcome outcome = new Outcome();
            try (ImapClient imap = suite.imap(account)) {
                for (Sample sample : part) {
                    ImapClient.Answer answer = imap.append("INBOX", sample.octets());
                    if (answer.ok()) {
                        outcome.stored().put(ImapClient.appendedUid(answer).orElseThrow(), sample);
                    } else {
                        outcome.refuse(sample, answer.status());
                    }
                }
                assertThat(imap.select("INBOX")).isEqualTo(outcome.stored().size());
                for (Map.Entry<Long, Sample> stored : outcome.stored().entrySet()) {
                    assertThat(imap.fetch(stored.getKey()))
                            .as(stored.getValue().file().toString())
                            .isEqualTo(stored.getValue().octets());
                    descriptions.add(describe(imap, stored.getKey(), stored.getValue()));
                }
            }
            return outcome;
        });
        report("APPEND", outcomes);
        compareWithPython(descriptions);
    }

    /** What IMAP shows of a message: ENVELOPE and BODYSTRUCTURE as they came. */
    private record Description(Sample sample, String envelope, String structure) {
        /** A line for {@code compare_structure.py}. */
        String row(Path corpus) {
            return corpus.relativize(sample.file()) + "\t" + escaped(envelope) + "\t" + escaped(structure);
        }

        private static String escaped(String value) {
            return value.replace("\\", "\\\\")
                    .replace("\r", "\\r")
                    .replace("\n", "\\n")
                    .replace("\t", "\\t");
        }
    }

    /** Compares with what Python's email package reads; differences of a known kind are listed in the documentation. */
    private static void compareWithPython(Iterable<Description> descriptions) throws Exception {
        Program.require("python3");
        Path corpus = corpus();
        Path script = Path.of("src/test/resources/compare_structure.py");
        Path rows = Files.createDirectories(Path.of("target")).resolve("structure.tsv");
        List<String> lines = new ArrayList<>();
        descriptions.forEach(description -> lines.add(description.row(corpus)));
        Files.write(rows, lines, StandardCharsets.ISO_8859_1);
        Program.Result result = Program.run(
                LIMIT,
                "python3",
                script.toString(),
                rows.toString(),
                corpus.toString(),
                "--manifest",
                corpus.resolve("MANIFEST.tsv").toString());
        System.out.println(result);
        assertThat(result.code()).as(result.toString()).isZero();
    }

    /** Asks for what IMAP clients show of a message; it must answer for every one. */
    private static Description describe(ImapClient imap, long uid, Sample sample) throws IOException {
        ImapClient.Answer answer = imap.command("UID FETCH " + uid + " (RFC822.SIZE ENVELOPE BODYSTRUCTURE)");
        assertThat(answer.status()).as(sample.file().toString()).startsWith("OK");
        List<ImapClient.Line> lines = answer.with(" FETCH (");
        assertThat(lines).as(sample.file().toString()).hasSize(1);
        Map<String, String> items = lines.getFirst().fetchItems();
        assertThat(items)
                .as(sample.file().toString())
                .containsKeys("RFC822.SIZE", "ENVELOPE", "BODYSTRUCTURE")
                .containsEntry("UID", Long.toString(uid));
        return new Description(sample, items.getOrDefault("ENVELOPE", ""), items.getOrDefault("BODYSTRUCTURE", ""));
    }

    /** Sends each sample from a sender of its own, by which it is known again in the mailbox. */
    private Outcome sendAll(List<Sample> samples, Account account) throws IOException {
        Outcome outcome = new Outcome();
        SmtpClient smtp = suite.smtp(Port.MX);
        try {
            for (Sample sample : samples) {
                Reply reply =
                        smtp.send("c%d@corpus.example".formatted(sample.number()), account.address(), sample.octets());
                if (reply.code() == 250) {
                    outcome.stored().put((long) sample.number(), sample);
                } else {
                    outcome.refuse(sample, reply.toString());
                }
                if (reply.code() == 421) {
                    smtp.close();
                    smtp = suite.smtp(Port.MX);
                }
            }
        } finally {
            smtp.close();
        }
        return outcome;
    }

    private static long numberIn(byte[] fetched) {
        Matcher matcher =
                RETURN_PATH.matcher(new String(fetched, 0, Math.min(200, fetched.length), StandardCharsets.ISO_8859_1));
        assertThat(matcher.find()).as("a Return-Path stands first").isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** Why a refused sample was rightly refused, from its octets; the reply must be of the kind that lasts. */
    private static String reason(Sample sample, String reply) {
        assertThat(reply).as(sample.file().toString()).matches("(?s)(5\\d\\d|NO|BAD) ?.*");
        byte[] octets = sample.octets();
        int line = 0;
        int longest = 0;
        boolean bareCr = false;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == 0) {
                return "NUL";
            }
            bareCr |= octets[i] == '\r' && (i + 1 == octets.length || octets[i + 1] != '\n');
            line = octets[i] == '\n' ? 0 : line + 1;
            longest = Math.max(longest, line);
        }
        if (bareCr) {
            return "bare CR";
        }
        if (longest > LONGEST_LINE) {
            return "line too long";
        }
        throw new AssertionError(sample.file() + " was refused without a reason in it: " + reply);
    }

    private static void report(String way, List<Outcome> outcomes) {
        Map<String, List<Path>> refused = new TreeMap<>();
        outcomes.forEach(outcome -> outcome.refused()
                .forEach((reason, files) -> refused.computeIfAbsent(reason, ignored -> new ArrayList<>())
                        .addAll(files)));
        System.out.printf("CorpusIT: by %s, refused:%n", way);
        refused.forEach((reason, files) -> System.out.printf("  %s: %d %s%n", reason, files.size(), files));
    }

    private static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(corpus())) {
            for (Path file : files.filter(name -> name.toString().endsWith(".eml"))
                    .sorted()
                    .toList()) {
                samples.add(new Sample(samples.size(), file, Messages.crlf(Files.readAllBytes(file))));
            }
        }
        return samples;
    }

    private static Path corpus() {
        String folder = System.getProperty("digidig.corpus", "");
        assumeTrue(!folder.isEmpty(), "no corpus: set -Ddigidig.corpus=FOLDER");
        return Path.of(folder);
    }

    /** What is done with a part of the samples, to an account that holds nothing else. */
    private interface Work {
        Outcome run(List<Sample> part, Account account) throws Exception;
    }

    private List<Outcome> inParallel(List<Sample> samples, Work work) throws Exception {
        List<Account> accounts = suite.newAccounts(CONNECTIONS);
        List<Callable<Outcome>> parts = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int remainder = i;
            List<Sample> part = samples.stream()
                    .filter(sample -> sample.number() % CONNECTIONS == remainder)
                    .toList();
            parts.add(() -> work.run(part, accounts.get(remainder)));
        }
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<Outcome> outcome : workers.invokeAll(parts)) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }
}
