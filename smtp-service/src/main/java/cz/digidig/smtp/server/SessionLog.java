package cz.digidig.smtp.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The sessions that are open, and the last ones that ended. */
public final class SessionLog {
    /** How many ended sessions are remembered. */
    public static final int MOST_ENDED = 1000;

    private final Set<SessionNotes> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<SessionRecord> ended = new ArrayDeque<>();

    void began(SessionNotes notes) {
        open.add(notes);
    }

    void ended(SessionNotes notes) {
        open.remove(notes);
        lock.lock();
        try {
            if (ended.size() >= MOST_ENDED) {
                ended.removeLast();
            }
            ended.addFirst(notes.snapshot());
        } finally {
            lock.unlock();
        }
    }

    /** How many are open. */
    public int open() {
        return open.size();
    }

    /** Those that are wanted, at most so many: the open ones, then the ended ones; each the newest first. */
    public List<SessionRecord> find(Predicate<SessionRecord> wanted, int most) {
        List<SessionRecord> found = new ArrayList<>(open.stream()
                .map(SessionNotes::snapshot)
                .filter(wanted)
                .sorted(Comparator.comparing(SessionRecord::began).reversed())
                .limit(most)
                .toList());
        lock.lock();
        try {
            ended.stream().filter(wanted).limit(most - found.size()).forEach(found::add);
        } finally {
            lock.unlock();
        }
        return found;
    }
}
