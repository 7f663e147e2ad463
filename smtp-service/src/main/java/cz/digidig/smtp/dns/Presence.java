package cz.digidig.smtp.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether any of some name servers is there. That one domain's servers are silent says nothing; that a name server does
 * not even know the root does. At first, and after trouble, one question waits for the answer to that; while the answer
 * is no, it is asked again every few seconds, and nobody waits.
 */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final List<InetSocketAddress> servers;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile boolean doubted = true;
    private volatile boolean there = true;
    private volatile long askedAt;

    Presence(List<InetSocketAddress> servers) {
        this.servers = List.copyOf(servers);
        this.askedAt = System.nanoTime() - BETWEEN_NANOS;
    }

    /** A question failed for want of an answer. */
    void doubt() {
        if (there && System.nanoTime() - askedAt > BETWEEN_NANOS) {
            doubted = true;
        }
    }

    /** Whether a question has a chance. */
    boolean likely() {
        if (there && !doubted) {
            return true;
        }
        if (!there && System.nanoTime() - askedAt < BETWEEN_NANOS) {
            return false;
        }
        if (there) {
            asking.lock();
        } else if (!asking.tryLock()) {
            // One asks already.
            return false;
        }
        try {
            if (doubted || System.nanoTime() - askedAt >= BETWEEN_NANOS) {
                ask();
            }
        } finally {
            asking.unlock();
        }
        return there;
    }

    private void ask() {
        boolean before = there;
        boolean now = servers.stream().anyMatch(server -> NameServers.answers(server, PATIENCE));
        askedAt = System.nanoTime();
        there = now;
        doubted = false;
        if (before && !now) {
            LOG.warn("no name server answers: {}", servers);
        } else if (now && !before) {
            LOG.info("a name server answers again");
        }
    }
}
