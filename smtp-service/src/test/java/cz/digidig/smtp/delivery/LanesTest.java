package cz.digidig.smtp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.settings.DomainLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {
    @Test
    void aFullLaneLeavesRoomForOthers() throws InterruptedException {
        Lanes lanes = new Lanes(() -> 4, name -> new DomainLimits(name, 2, 0));
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
        Lanes lanes = new Lanes(() -> 1, name -> new DomainLimits(name, 1, 0));
        assertThat(lanes.close(Duration.ZERO)).isTrue();
        List<String> done = new CopyOnWriteArrayList<>();
        lanes.submit("a", () -> done.add("a"));
        assertThat(lanes.running()).isZero();
        assertThat(done).isEmpty();
    }

    @Test
    void aLaneWithARateIsSpreadOverTheMinute() throws InterruptedException {
        Lanes lanes = new Lanes(() -> 9, name -> new DomainLimits(name, 9, name.equals("slow") ? 600 : 0));
        BlockingQueue<Long> starts = new LinkedBlockingQueue<>();
        long pause = Duration.ofMillis(100).toNanos();
        long began = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            lanes.submit("slow", () -> starts.add(System.nanoTime()));
        }
        CountDownLatch others = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            lanes.submit("quick", others::countDown);
        }
        assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 4; i++) {
            assertThat(next(starts) - began).as("job %d", i).isGreaterThanOrEqualTo(i * pause);
        }
        // Also after the lane was empty for a moment.
        lanes.submit("slow", () -> starts.add(System.nanoTime()));
        assertThat(next(starts) - began).isGreaterThanOrEqualTo(4 * pause);
    }

    private static long next(BlockingQueue<Long> starts) throws InterruptedException {
        Long start = starts.poll(10, TimeUnit.SECONDS);
        assertThat(start).isNotNull();
        return start;
    }

    @Test
    void aRaisedLimitCountsAtOnce() throws InterruptedException {
        AtomicInteger most = new AtomicInteger(1);
        Lanes lanes = new Lanes(() -> 9, name -> new DomainLimits(name, most.get(), 0));
        Semaphore held = new Semaphore(0);
        CountDownLatch second = new CountDownLatch(1);
        lanes.submit("a", held::acquireUninterruptibly);
        lanes.submit("a", second::countDown);
        assertThat(lanes.running()).isEqualTo(1);
        most.set(2);
        lanes.limitsChanged();
        assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        held.release();
    }
}
