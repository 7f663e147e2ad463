package cz.digidig.system;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Parallel senders by MX that go on whatever happens to the suite, and remember which messages got their 250. A message
 * without one is never sent again: it may have arrived or not, but not twice.
 */
final class Load implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern MESSAGE_ID = Pattern.compile("<(load-[0-9-]+)@client\\.example>");

    private final Suite suite;
    private final List<Account> recipients;
    private final Duration pause;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger serial = new AtomicInteger();
    private final AtomicInteger disturbances = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    /** Starts the senders; each pauses after a message. */
    Load(Suite suite, List<Account> recipients, int count, Duration pause) {
        this.suite = suite;
        this.recipients = recipients;
        this.pause = pause;
        for (int i = 0; i < count; i++) {
            senders.execute(this::sendUntilStopped);
        }
    }

    private void sendUntilStopped() {
        while (!isStoppedWithin(pause)) {
            try (SmtpClient smtp = suite.smtp(Port.MX)) {
                smtp.wire().readLimit(Duration.ofSeconds(20));
                while (!isStoppedWithin(pause)) {
                    sendOne(smtp);
                }
                smtp.command("QUIT");
            } catch (IOException disturbance) {
                // The service was killed or is not there yet: what this load is for. The next round connects again.
                disturbances.incrementAndGet();
            }
        }
    }

    private void sendOne(SmtpClient smtp) throws IOException {
        int number = serial.incrementAndGet();
        String name = "load-" + number;
        String recipient = recipients.get(number % recipients.size()).address();
        byte[] message = Messages.simple("load@elsewhere.example", recipient, name);
        if (smtp.send("load@elsewhere.example", recipient, message).code() == 250) {
            accepted.add(name);
        }
    }

    private boolean isStoppedWithin(Duration time) {
        try {
            return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interruption) {
            return true;
        }
    }

    /** How many connections broke off or could not be made. */
    int disturbances() {
        return disturbances.get();
    }

    int acceptedCount() {
        return accepted.size();
    }

    /** Waits until so many more than now got their 250. */
    void awaitMore(int count) {
        int goal = acceptedCount() + count;
        Awaitility.await(count + " more accepted").atMost(LIMIT).until(() -> acceptedCount() >= goal);
    }

    /** The names of the messages that got a 250. */
    Set<String> accepted() {
        return Set.copyOf(accepted);
    }

    /** How often each message of a load is in the recipients' INBOXes. */
    static Map<String, Integer> found(Suite suite, List<Account> recipients) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        for (Account recipient : recipients) {
            try (ImapClient imap = suite.imap(recipient)) {
                if (imap.select("INBOX") > 0) {
                    for (ImapClient.Line line : imap.expectOk("UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
                            .with("HEADER.FIELDS")) {
                        Matcher id = MESSAGE_ID.matcher(new String(line.octets(), StandardCharsets.ISO_8859_1));
                        if (id.find()) {
                            found.merge(id.group(1), 1, Integer::sum);
                        }
                    }
                }
            }
        }
        return found;
    }

    /** How many messages the recipients' INBOXes hold. */
    static int count(Suite suite, List<Account> recipients) throws IOException {
        int count = 0;
        for (Account recipient : recipients) {
            try (ImapClient imap = suite.imap(recipient)) {
                count += imap.select("INBOX");
            }
        }
        return count;
    }

    /** Names that are in {@code accepted} and were found not exactly once, with how often. */
    static List<String> notOnce(Set<String> accepted, Map<String, Integer> found) {
        List<String> wrong = new ArrayList<>();
        accepted.forEach(name -> {
            if (found.getOrDefault(name, 0) != 1) {
                wrong.add(name + " found " + found.getOrDefault(name, 0) + " times");
            }
        });
        found.forEach((name, times) -> {
            if (times > 1 && !accepted.contains(name)) {
                wrong.add(name + " (no 250) found " + times + " times");
            }
        });
        return wrong;
    }

    /** Stops the senders and waits for them. */
    void stop() {
        stopped.countDown();
        senders.close();
    }

    @Override
    public void close() {
        stop();
    }
}
