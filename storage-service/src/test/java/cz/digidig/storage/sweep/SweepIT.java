package cz.digidig.storage.sweep;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import cz.digidig.common.api.storage.NewMailbox;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.TestTokens;
import cz.digidig.storage.database.Database;
import cz.digidig.storage.journal.MailboxJournal;
import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.journal.NewMessage;
import cz.digidig.storage.mailbox.Mailboxes;
import cz.digidig.storage.message.MessageStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
@Import({TestTokens.class, SweepIT.TestClock.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SweepIT {
    private static final String ALL = "1:4294967295";
    private static final Duration GRACE = Duration.ofHours(24);

    @TempDir
    static Path folder;

    /** A clock that tests put forward. */
    @TestConfiguration(proxyBeanMethods = false)
    static class TestClock {
        static final class Adjustable extends Clock {
            private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

            void advance(Duration by) {
                ahead.accumulateAndGet(by, Duration::plus);
            }

            @Override
            public Instant instant() {
                return Clock.systemUTC().instant().plus(ahead.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        }

        @Bean
        @Primary
        Adjustable adjustableClock() {
            return new Adjustable();
        }
    }

    private final Sweep sweep;
    private final Database database;
    private final Mailboxes mailboxes;
    private final MailboxJournal journal;
    private final MessageStore messages;
    private final TestClock.Adjustable clock;

    @Autowired
    SweepIT(
            Sweep sweep,
            Database database,
            Mailboxes mailboxes,
            MailboxJournal journal,
            MessageStore messages,
            TestClock.Adjustable clock) {
        this.sweep = sweep;
        this.database = database;
        this.mailboxes = mailboxes;
        this.journal = journal;
        this.messages = messages;
        this.clock = clock;
    }

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs").toString());
        registry.add("digidig.bind-address", () -> "127.0.0.1");
    }

    private static byte[] message(String words) {
        return ("Subject: " + words + "\r\n\r\n" + words + "\r\n").getBytes(US_ASCII);
    }

    private MessageId stored(String account, byte[] octets) {
        return messages.store(List.of(account), octets).getFirst();
    }

    private MessageId placed(String account, String mailbox, byte[] octets) {
        MessageId id = stored(account, octets);
        journal.add(
                mailboxes.id(account, mailbox),
                new NewMessage(id, octets.length, 0, List.of(), clock.millis()),
                "key of " + id);
        return id;
    }

    private boolean isThere(MessageId id) {
        return database.messages().countDocuments(Filters.eq("_id", id.toString())) == 1;
    }

    private String blobOf(MessageId id) {
        return messages.locate(id.toString()).orElseThrow().blob();
    }

    private long blobDocuments(String blob) {
        return database.blobs().countDocuments(Filters.regex("_id", "^" + blob));
    }

    /** Two sweeps, each a grace period and more after what was before. */
    private void sweepTwice() {
        for (int i = 0; i < 2; i++) {
            clock.advance(GRACE.plusHours(1));
            sweep.run(GRACE);
        }
    }

    @Test
    void whatAMailboxHasStays() {
        MessageId id = placed("keeper", "INBOX", message("kept"));
        sweepTwice();
        sweepTwice();
        assertThat(blobDocuments(blobOf(id))).isOne();
    }

    @Test
    void whatWasExpungedGoesAfterTheGracePeriodAndItsBlobWithTheLastMessageThatNamesIt() {
        byte[] octets = message("shared by two");
        MessageId one = placed("expunger", "INBOX", octets);
        MessageId other = placed("sharer", "INBOX", octets);
        String blob = blobOf(one);
        journal.expunge(mailboxes.id("expunger", "INBOX"), null, false);

        clock.advance(GRACE.plusHours(1));
        sweep.run(GRACE);
        clock.advance(GRACE.minusHours(1));
        sweep.run(GRACE);
        assertThat(isThere(one))
                .as("found missing for less than the grace period")
                .isTrue();

        clock.advance(Duration.ofHours(2));
        sweep.run(GRACE);
        assertThat(isThere(one)).isFalse();
        assertThat(isThere(other)).isTrue();
        assertThat(blobDocuments(blob)).isOne();

        journal.expunge(mailboxes.id("sharer", "INBOX"), null, false);
        sweepTwice();
        assertThat(isThere(other)).isFalse();
        assertThat(blobDocuments(blob)).isZero();
    }

    @Test
    void whatNeverCameIntoAMailboxGoesWithAllItsParts() {
        byte[] large = new byte[9 << 20];
        new Random(1).nextBytes(large);
        MessageId id = stored("nobody", large);
        String blob = blobOf(id);
        assertThat(blobDocuments(blob)).isEqualTo(3);
        sweepTwice();
        assertThat(isThere(id)).isFalse();
        assertThat(blobDocuments(blob)).isZero();
    }

    @Test
    void partsOfABrokenUploadGoAndThoseOfTheWholeOneStay() {
        byte[] large = new byte[5 << 20];
        new Random(2).nextBytes(large);
        MessageId id = placed("uploader", "INBOX", large);
        String blob = blobOf(id);
        Document part = database.blobs()
                .find(Filters.regex("_id", "^" + blob + "/"))
                .into(new ArrayList<>())
                .getFirst();
        part.put("_id", blob + "/broken/1");
        database.blobs().insertOne(part);
        sweepTwice();
        assertThat(blobDocuments(blob)).isEqualTo(2);
        assertThat(blobDocuments(blob + "/broken")).isZero();
    }

    @Test
    void aMailboxThatNoTreeNamesGoesWithItsPages() {
        String account = "pruner";
        mailboxes.create(account, new NewMailbox("Old", null));
        String box = mailboxes.list(account).stream()
                .filter(one -> one.path().equals("Old"))
                .findFirst()
                .orElseThrow()
                .id();
        byte[] octets = message("in an old mailbox");
        MessageId id = stored(account, octets);
        journal.add(box, new NewMessage(id, octets.length, 0, List.of(), clock.millis()), null);
        // As if the process had ended between the two steps of a deletion.
        database.accounts()
                .updateOne(
                        Filters.eq("_id", account),
                        new Document("$pull", new Document("boxes", new Document("id", box))));
        sweepTwice();
        assertThat(database.mailboxes().countDocuments(Filters.eq("_id", box))).isZero();
        assertThat(database.pages().countDocuments(Filters.eq("mailbox", box))).isZero();
        assertThat(isThere(id)).isFalse();
    }

    @Test
    void deliveryRecordsGoWhenNobodyRepeatsThemAnyMore() {
        database.deliveries()
                .insertOne(new Document("_id", "an old key").append("expires", Date.from(clock.instant())));
        database.deliveries()
                .insertOne(new Document("_id", "a new key")
                        .append("expires", Date.from(clock.instant().plus(Duration.ofDays(1000)))));
        clock.advance(Duration.ofSeconds(1));
        sweep.run(GRACE);
        assertThat(database.deliveries().countDocuments(Filters.eq("_id", "an old key")))
                .isZero();
        assertThat(database.deliveries().countDocuments(Filters.eq("_id", "a new key")))
                .isOne();
    }

    @Test
    void whatIsMovedToAndFroWhileItSweepsStays() throws InterruptedException {
        String account = "mover";
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add(placed(
                    account, i % 2 == 0 ? "INBOX" : mailboxes.id(account, archive(account)), message("moved " + i)));
        }
        String inbox = mailboxes.id(account, "INBOX");
        String archive = archive(account);
        AtomicBoolean stop = new AtomicBoolean();
        Thread mover = Thread.startVirtualThread(() -> {
            while (!stop.get()) {
                mailboxes.copy(account, inbox, archive, ALL, true);
                mailboxes.copy(account, archive, inbox, ALL, true);
            }
        });
        try {
            for (int i = 0; i < 10; i++) {
                clock.advance(GRACE.plusHours(1));
                sweep.run(GRACE);
            }
        } finally {
            stop.set(true);
            mover.join();
        }
        sweepTwice();
        assertThat(ids).allSatisfy(id -> assertThat(isThere(id)).isTrue());
        assertThat(journal.rows(inbox, UidSet.parse(ALL)).size()
                        + journal.rows(archive, UidSet.parse(ALL)).size())
                .isEqualTo(ids.size());
    }

    private String archive(String account) {
        return mailboxes.list(account).stream()
                .filter(one -> one.path().equals("Archive"))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
