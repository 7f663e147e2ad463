package cz.digidig.smtp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LanesTest {
    @Test
    void aFullLaneLeavesRoomForOthers() throws InterruptedException {
        Lanes lanes = new Lanes(4, 2);
        Semaphore slow = new Semaphore(0);
        List<String> done = new CopyOnWriteArrayList<>();
        CountDownLatch others = new CountDownLatch(10);
        for (int i = 0; i < 10; i++) {
            lanes.submit("slow", () -> {
                slow.acquireUninterruptibly();
                done.add("slow");
            });
        }
        for (int i = 0; i < 10; i++) {
            lanes.submit("quick", others::countDown);
        }
        assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done).isEmpty();
        assertThat(lanes.running()).isLessThanOrEqualTo(4);
        slow.release(2);
        slow.release(8);
        CountDownLatch last = new CountDownLatch(1);
        lanes.submit("slow", last::countDown);
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(lanes.close(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void afterTheEndNothingStarts() throws InterruptedException {
        Lanes lanes = new Lanes(1, 1);
        assertThat(lanes.close(Duration.ZERO)).isTrue();
        List<String> done = new CopyOnWriteArrayList<>();
        lanes.submit("a", () -> done.add("a"));
        assertThat(lanes.running()).isZero();
        assertThat(done).isEmpty();
    }
}
