package cz.digidig.smtp.delivery;

import cz.digidig.smtp.spool.QueueId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What servers said at the last attempts, whole. In memory and bounded: after a restart, or where very many wait, the
 * spool's last answer of each destination is what is left.
 */
public final class AttemptLog {
    /** Of one destination. */
    public static final int MOST_OF_ONE = 10;

    /** Characters of all together. */
    private static final int MOST_TEXT = 8_000_000;

    private static final int LONGEST_TEXT = 3900;
    /** What an entry takes besides its text. */
    private static final int OVERHEAD = 100;

    private final Clock clock;
    private final int mostText;
    private final ReentrantLock lock = new ReentrantLock();
    /** Those without news for the longest time first. */
    private final LinkedHashMap<Key, Deque<Attempt>> attempts = new LinkedHashMap<>();

    private int text;

    private record Key(QueueId message, int destination) {}

    /**
     * One attempt with one server.
     *
     * @param at when it was over
     * @param result {@code delivered}, {@code deferred}, {@code refused} or {@code uncertain}
     * @param detail the server and its whole reply, or what happened
     */
    public record Attempt(Instant at, String result, String detail) {}

    public AttemptLog(Clock clock) {
        this(clock, MOST_TEXT);
    }

    AttemptLog(Clock clock, int mostText) {
        this.clock = clock;
        this.mostText = mostText;
    }

    void add(QueueId message, int destination, String result, String detail) {
        String kept = detail.substring(0, Math.min(detail.length(), LONGEST_TEXT));
        Key key = new Key(message, destination);
        lock.lock();
        try {
            Deque<Attempt> known = attempts.remove(key);
            Deque<Attempt> all = known == null ? new ArrayDeque<>() : known;
            attempts.put(key, all);
            all.addLast(new Attempt(clock.instant(), result, kept));
            text += kept.length() + OVERHEAD;
            if (all.size() > MOST_OF_ONE) {
                text -= all.removeFirst().detail().length() + OVERHEAD;
            }
            Iterator<Map.Entry<Key, Deque<Attempt>>> oldest =
                    attempts.entrySet().iterator();
            while (text > mostText && attempts.size() > 1 && oldest.hasNext()) {
                Map.Entry<Key, Deque<Attempt>> entry = oldest.next();
                if (!entry.getKey().equals(key)) {
                    text -= size(entry.getValue());
                    oldest.remove();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static int size(Deque<Attempt> all) {
        return all.stream()
                .mapToInt(attempt -> attempt.detail().length() + OVERHEAD)
                .sum();
    }

    /** A destination is over. */
    void forget(QueueId message, int destination) {
        lock.lock();
        try {
            Deque<Attempt> gone = attempts.remove(new Key(message, destination));
            text -= gone == null ? 0 : size(gone);
        } finally {
            lock.unlock();
        }
    }

    /** The last attempts for a destination, the newest last. */
    public List<Attempt> of(QueueId message, int destination) {
        lock.lock();
        try {
            Deque<Attempt> known = attempts.get(new Key(message, destination));
            return known == null ? List.of() : List.copyOf(known);
        } finally {
            lock.unlock();
        }
    }
}
