package cz.digidig.smtp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.protocol.MailCommand.Return;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolSettings;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.spool.TargetState;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A queue as long as a bad day makes it. Property {@code digidig.queue.length}; the figures are in the log. */
class QueueScaleIT {
    private static final Logger LOG = LoggerFactory.getLogger(QueueScaleIT.class);
    private static final int LENGTH = Integer.getInteger("digidig.queue.length", 3000);
    private static final int WRITERS = 16;
    private static final String TEXT =
            "Subject: one of many\r\n\r\n" + "0123456789012345678901234567890123456789\r\n".repeat(95);
    /** Of the heap for one waiting message: its envelope and states. Its text alone is twice that. */
    private static final long MOST_OCTETS = 2048;

    @TempDir
    private Path folder;

    private Spool open() throws IOException {
        return Spool.open(
                new SpoolSettings(folder, 16 << 20, 256 << 10, 48 << 20, 0, Long.MAX_VALUE), Clock.systemUTC());
    }

    private static void accept(Spool spool, int number) throws IOException {
        QueueId id = spool.nextId();
        MessageBuffer buffer = spool.newBuffer(id);
        buffer.write(TEXT.getBytes(StandardCharsets.US_ASCII));
        String to = "someone" + number + "@domain" + number % 50 + ".example";
        Envelope envelope = new Envelope(
                Clock.systemUTC().instant(),
                "0123456789abcdef0123456789abcdef",
                ReversePath.of("sender@digidig.test"),
                "account",
                false,
                Body.SEVEN_BIT,
                Return.UNSAID,
                "",
                List.of(new Recipient(to, Set.of(), "", List.of(new Target.Remote(to)))));
        QueuedMessage message = spool.accept(id, envelope, buffer);
        long later = Clock.systemUTC().millis() + Duration.ofHours(1).toMillis();
        String reply = "4.4.1 mx.domain" + number % 50 + ".example [192.0.2.1] said to CONNECT: 421 4.3.2 not now";
        spool.record(message, Map.of(0, new TargetState(TargetState.Status.PENDING, 3, later, reply)));
    }

    private static void fill(Spool spool) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int number = next.getAndIncrement(); number < LENGTH; number = next.getAndIncrement()) {
                        accept(spool, number);
                    }
                } catch (IOException failed) {
                    LOG.atError().setCause(failed).log("a message can't be spooled");
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    @Test
    void aLongQueueIsSmallOnTheHeapAndComesBackWhole() throws IOException, InterruptedException {
        long started = System.nanoTime();
        try (Spool spool = open()) {
            fill(spool);
            LOG.info("{} messages accepted and put off in {} ms", LENGTH, millis(started));
            assertThat(spool.messages()).hasSize(LENGTH);
        }
        long before = heap();
        started = System.nanoTime();
        try (Spool spool = open()) {
            assertThat(spool.messages()).hasSize(LENGTH); // waits until all are read
            long read = millis(started);
            long each = (heap() - before) / LENGTH;
            LOG.info("read {} messages in {} ms; {} octets of the heap for each", LENGTH, read, each);
            assertThat(each).isLessThan(MOST_OCTETS);
            QueuedMessage last = List.copyOf(spool.messages()).getLast();
            assertThat(last.state(0).attempts()).isEqualTo(3);
            try (InputStream content = spool.content(last)) {
                assertThat(new String(content.readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo(TEXT);
            }
        }
    }
}
