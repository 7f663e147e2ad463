package cz.digidig.smtp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.spool.QueueId;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class AttemptLogTest {
    private static final QueueId ONE = new QueueId(1);

    @Test
    void theLastOnesOfADestinationAreKept() {
        AttemptLog log = new AttemptLog(Clock.systemUTC());
        for (int i = 0; i < AttemptLog.MOST_OF_ONE + 5; i++) {
            log.add(ONE, 0, "deferred", "reply " + i);
        }
        log.add(ONE, 1, "refused", "x".repeat(10_000));
        assertThat(log.of(ONE, 0)).hasSize(AttemptLog.MOST_OF_ONE);
        assertThat(log.of(ONE, 0).getLast().detail()).isEqualTo("reply 14");
        assertThat(log.of(ONE, 1).getFirst().detail()).hasSize(3900);
        log.forget(ONE, 0);
        assertThat(log.of(ONE, 0)).isEmpty();
        assertThat(log.of(ONE, 1)).hasSize(1);
    }

    @Test
    void thoseWithoutNewsForTheLongestTimeMakeRoom() {
        AttemptLog log = new AttemptLog(Clock.systemUTC(), 10_000);
        for (int i = 0; i < 100; i++) {
            log.add(new QueueId(i), 0, "deferred", "x".repeat(900));
            log.add(new QueueId(0), 0, "deferred", "again");
        }
        assertThat(log.of(new QueueId(99), 0)).hasSize(1);
        assertThat(log.of(new QueueId(1), 0)).isEmpty();
        assertThat(log.of(new QueueId(0), 0)).hasSize(AttemptLog.MOST_OF_ONE);
    }
}
