package cz.digidig.storage.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.common.api.storage.SearchResult;
import cz.digidig.common.health.StatsSource;
import cz.digidig.storage.TestTokens;
import cz.digidig.storage.index.IndexLookup;
import cz.digidig.storage.journal.MailboxJournal;
import cz.digidig.storage.journal.NewMessage;
import cz.digidig.storage.mailbox.Mailboxes;
import cz.digidig.storage.message.MessageStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Measures searching. {@code -Ddigidig.search.mbox} names a file in mbox format whose messages are put into one account,
 * again and again until there are {@code digidig.search.messages}, the first 20,000 into Archive; without the file nothing
 * is measured. Names the memory that the process has, its database's among it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
@Import(TestTokens.class)
@EnabledIfSystemProperty(named = "digidig.search.mbox", matches = ".+")
class SearchFiguresIT {
    private static final int SMALLER = 20_000;
    private static final int WRITERS = 8;
    private static final String ACCOUNT = "measured";
    private static final byte[] LAST = {};

    @TempDir
    static Path folder;

    private final AtomicLong octets = new AtomicLong();
    private long read;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs").toString());
        registry.add("digidig.bind-address", () -> "127.0.0.1");
    }

    @Test
    void figures(@Qualifier("mailboxSearch") MailboxSearch search, ApplicationContext context)
            throws IOException, InterruptedException {
        Mailboxes mailboxes = context.getBean(Mailboxes.class);
        String inbox = mailboxes.id(ACCOUNT, "INBOX");
        String archive = mailboxes.list(ACCOUNT).stream()
                .filter(each -> "Archive".equals(each.specialUse()))
                .findFirst()
                .orElseThrow()
                .id();
        long began = System.nanoTime();
        long count = fill(context, archive, inbox);
        double filled = seconds(began);
        say("%d messages, %d MB, stored in %.0f s: %.0f/s"
                .formatted(count, octets.get() >> 20, filled, count / filled));
        StatsSource index = context.getBean("indexHealth", StatsSource.class);
        await().atMost(Duration.ofMinutes(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    String figures = index.stats().toString();
                    return figures.contains("messages=" + count) && figures.contains("waiting=0");
                });
        say("up to date %.0f s after the beginning; %s".formatted(seconds(began), index.stats()));
        awaitSilence();
        imap(context, search, archive);
        rest();
        say("%s".formatted(memory()));
    }

    /** {@code digidig.search.go} may name a file that somebody makes when nothing else runs on the machine. */
    private static void awaitSilence() {
        String file = System.getProperty("digidig.search.go", "");
        if (!file.isEmpty()) {
            say("waits for %s".formatted(file));
            await().atMost(Duration.ofHours(1)).until(() -> Files.exists(Path.of(file)));
        }
    }

    private long fill(ApplicationContext context, String archive, String inbox)
            throws IOException, InterruptedException {
        MessageStore store = context.getBean(MessageStore.class);
        MailboxJournal journal = context.getBean(MailboxJournal.class);
        BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(100);
        AtomicLong stored = new AtomicLong();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofVirtual().start(() -> {
                try {
                    for (byte[] message = queue.take(); message != LAST; message = queue.take()) {
                        long number = stored.incrementAndGet();
                        NewMessage placed = new NewMessage(
                                store.store(List.of(ACCOUNT), message).getFirst(),
                                message.length,
                                0,
                                List.of(),
                                1_700_000_000_000L + number * 60_000);
                        journal.add(number <= SMALLER ? archive : inbox, placed, null);
                    }
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        read(queue);
        for (int i = 0; i < WRITERS; i++) {
            queue.put(LAST);
        }
        for (Thread writer : writers) {
            writer.join();
        }
        return stored.get();
    }

    private void read(BlockingQueue<byte[]> queue) throws IOException, InterruptedException {
        long most = Long.getLong("digidig.search.messages", 100_000);
        for (int pass = 1; read < most; pass++) {
            read(queue, "X-Pass: " + pass + "\r\n", most);
        }
    }

    private void read(BlockingQueue<byte[]> queue, String first, long most) throws IOException, InterruptedException {
        try (BufferedReader reader =
                Files.newBufferedReader(Path.of(System.getProperty("digidig.search.mbox")), ISO_8859_1)) {
            StringBuilder message = new StringBuilder();
            for (String line = reader.readLine(); line != null && read < most; line = reader.readLine()) {
                if (line.startsWith("From ")) {
                    put(message, queue);
                    message.append(first);
                } else {
                    message.append(line.startsWith(">From ") ? line.substring(1) : line)
                            .append("\r\n");
                }
            }
            if (read < most) {
                put(message, queue);
            }
        }
    }

    private void put(StringBuilder message, BlockingQueue<byte[]> queue) throws InterruptedException {
        if (!message.isEmpty()) {
            read++;
            octets.addAndGet(message.length());
            queue.put(message.toString().getBytes(ISO_8859_1));
            message.setLength(0);
        }
    }

    private void imap(ApplicationContext context, MailboxSearch with, String archive) {
        MailboxSource source = context.getBean(MailboxSource.class);
        MailboxSearch without = new MailboxSearch(source, 400_000, 48 << 20, IndexLookup.NONE, 0);
        for (String text : List.of("zzyzx", "résumé Zürich", "invoice", "quest", "meeting", "e")) {
            for (SearchKey key : List.of(new SearchKey.Body(text), new SearchKey.Header("Subject", text))) {
                SearchResult expected = without.search(ACCOUNT, archive, key);
                double scan = median(5, () -> without.search(ACCOUNT, archive, key));
                long began = System.nanoTime();
                assertThat(with.search(ACCOUNT, archive, key)).isEqualTo(expected);
                double first = 1000 * seconds(began);
                double again = median(5, () -> with.search(ACCOUNT, archive, key));
                say("%s: scan %.1f ms, index %.1f ms (first %.1f ms), %d ranges"
                        .formatted(key, scan, again, first, expected.uids().split(",").length));
            }
        }
    }

    private void rest() throws IOException, InterruptedException {
        List<Double> all = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String query : List.of(
                    "invoice",
                    "meeting budget",
                    "\"please thanks\"",
                    "from:ann is:unread",
                    "has:attachment report",
                    "subject:quarter -budget",
                    "zürich OR 会議",
                    "in:archive travel",
                    "before:2023-12-01 ticket",
                    "con",
                    "filename:report.pdf",
                    "proj",
                    "nothingofthiskind",
                    "to:alice contract",
                    "",
                    "ti",
                    "résumé",
                    "e")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                                + "/api/accounts/me/messages?q=" + URLEncoder.encode(query, UTF_8)))
                        .header("Authorization", "Bearer user-" + ACCOUNT)
                        .build();
                double[] times = new double[20];
                String body = "";
                for (int i = 0; i < times.length; i++) {
                    long began = System.nanoTime();
                    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                    times[i] = 1000 * seconds(began);
                    body = response.body();
                    assertThat(response.statusCode()).as(body).isEqualTo(200);
                    all.add(times[i]);
                }
                double first = times[0];
                Arrays.sort(times);
                say("q=%s: first %.1f ms, median %.1f ms, most %.1f ms, %s"
                        .formatted(query, first, times[10], times[19], body.substring(body.lastIndexOf("\"total\""))));
            }
        }
        List<Double> sorted = all.stream().sorted().toList();
        say("all: p50 %.1f ms, p95 %.1f ms"
                .formatted(sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 95 / 100)));
    }

    private static double median(int times, Runnable run) {
        double[] took = new double[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            run.run();
            took[i] = 1000 * seconds(began);
        }
        Arrays.sort(took);
        return took[times / 2];
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static String memory() throws IOException {
        return String.join(
                ", ",
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS") || line.startsWith("Rss") || line.startsWith("VmHWM"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .toList());
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println("FIGURE " + line);
    }
}
