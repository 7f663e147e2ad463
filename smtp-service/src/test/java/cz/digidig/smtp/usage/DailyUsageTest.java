package cz.digidig.smtp.usage;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.settings.Submission;
import cz.digidig.smtp.usage.DailyUsage.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyUsageTest {
    private static final Submission LIMITS = new Submission(0, 0, 3, 10);
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();

    private static final class ManualClock extends Clock {
        private Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
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

    private static Sender account(String id) {
        return new Sender(id, "", 0);
    }

    private DailyUsage open() {
        return new DailyUsage(folder.resolve("usage"), clock);
    }

    @Test
    void grantsUpToTheLimitOfMessagesAndNamesTheEnd() {
        try (DailyUsage usage = open()) {
            for (int i = 0; i < 3; i++) {
                assertThat(usage.exhausted(account("a"), 1, LIMITS)).isEmpty();
                assertThat(usage.take(account("a"), 1, LIMITS)).isInstanceOf(Answer.Granted.class);
                clock.now = clock.now.plus(Duration.ofHours(1));
            }
            assertThat(usage.exhausted(account("a"), 1, LIMITS)).contains(BEGIN.plus(Duration.ofDays(1)));
            assertThat(usage.take(account("a"), 1, LIMITS))
                    .isEqualTo(new Answer.Exhausted(BEGIN.plus(Duration.ofDays(1))));
            assertThat(usage.take(account("b"), 1, LIMITS)).isInstanceOf(Answer.Granted.class);
            clock.now = BEGIN.plus(Duration.ofDays(1));
            assertThat(usage.exhausted(account("a"), 1, LIMITS)).isEmpty();
            assertThat(usage.take(account("a"), 1, LIMITS)).isInstanceOf(Answer.Granted.class);
        }
    }

    @Test
    void countsRecipientsAndTakesNothingOfWhatDoesNotFit() {
        try (DailyUsage usage = open()) {
            assertThat(usage.take(account("a"), 8, LIMITS)).isInstanceOf(Answer.Granted.class);
            assertThat(usage.exhausted(account("a"), 3, LIMITS)).isPresent();
            assertThat(usage.take(account("a"), 3, LIMITS)).isInstanceOf(Answer.Exhausted.class);
            assertThat(usage.take(account("a"), 2, LIMITS)).isInstanceOf(Answer.Granted.class);
        }
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        try (DailyUsage usage = open()) {
            Answer answer = usage.take(account("a"), 10, LIMITS);
            assertThat(answer).isInstanceOfSatisfying(Answer.Granted.class, granted -> usage.giveBack(granted.taken()));
            assertThat(usage.take(account("a"), 10, LIMITS)).isInstanceOf(Answer.Granted.class);
        }
    }

    @Test
    void zeroIsNoLimit() {
        try (DailyUsage usage = open()) {
            assertThat(IntStream.range(0, 1000)
                            .mapToObj(_ -> usage.take(account("a"), 1000, new Submission(0, 0, 0, 0))))
                    .allMatch(answer -> answer instanceof Answer.Granted);
        }
    }

    @Test
    void goesOnAfterARestart() {
        try (DailyUsage usage = open()) {
            usage.take(account("an id"), 9, LIMITS);
        }
        try (DailyUsage usage = open()) {
            assertThat(usage.exhausted(account("an id"), 2, LIMITS)).contains(BEGIN.plus(Duration.ofDays(1)));
            assertThat(usage.exhausted(account("an id"), 1, LIMITS)).isEmpty();
        }
    }

    @Test
    void beginsAnewWithAnUnreadableFile() throws IOException {
        Files.writeString(folder.resolve("usage"), "what is this thing\n");
        try (DailyUsage usage = open()) {
            assertThat(usage.take(account("a"), 1, LIMITS)).isInstanceOf(Answer.Granted.class);
        }
    }

    @Test
    void theAccountsOfADomainShareItsLimit() {
        Submission free = new Submission(0, 0, 0, 0);
        Sender first = new Sender("a", "small.example", 2);
        Sender second = new Sender("b", "small.example", 2);
        try (DailyUsage usage = open()) {
            assertThat(usage.take(first, 5, free)).isInstanceOf(Answer.Granted.class);
            Answer last = usage.take(second, 1, free);
            assertThat(last).isInstanceOf(Answer.Granted.class);

            assertThat(usage.exhausted(first, 1, free)).contains(BEGIN.plus(Duration.ofDays(1)));
            assertThat(usage.take(first, 1, free)).isEqualTo(new Answer.Exhausted(BEGIN.plus(Duration.ofDays(1))));
            assertThat(usage.take(new Sender("c", "large.example", 2), 1, free)).isInstanceOf(Answer.Granted.class);
            usage.giveBack(((Answer.Granted) last).taken());
            assertThat(usage.exhausted(first, 1, free)).isEmpty();
        }
        try (DailyUsage usage = open()) {
            assertThat(usage.take(second, 1, free)).isInstanceOf(Answer.Granted.class);
            assertThat(usage.take(second, 1, free)).as("kept").isInstanceOf(Answer.Exhausted.class);
        }
    }

    @Test
    void whatTheDomainRefusesIsNotCountedForTheAccount() {
        Sender sender = new Sender("a", "small.example", 1);
        Submission two = new Submission(0, 0, 2, 0);
        try (DailyUsage usage = open()) {
            assertThat(usage.take(sender, 1, two)).isInstanceOf(Answer.Granted.class);
            assertThat(usage.take(sender, 1, two)).isInstanceOf(Answer.Exhausted.class);
            assertThat(usage.take(new Sender("a", "small.example", 0), 1, two)).isInstanceOf(Answer.Granted.class);
        }
    }
}
