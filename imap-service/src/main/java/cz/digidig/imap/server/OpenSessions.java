package cz.digidig.imap.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sessions that are open. */
public final class OpenSessions {
    /** How long a session gets to finish its command and to hear the farewell. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final AtomicLong counter = new AtomicLong();
    private final ConcurrentSkipListMap<Long, ImapConnection> open = new ConcurrentSkipListMap<>();

    /**
     * One page of sessions.
     *
     * @param items the newest first
     * @param next where the next page begins; null on the last one
     */
    public record Page(List<SessionRecord> items, @Nullable Long next) {}

    /** @return its number; later sessions have higher ones */
    long began(ImapConnection connection) {
        long number = counter.incrementAndGet();
        open.put(number, connection);
        return number;
    }

    void ended(long number) {
        open.remove(number);
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    /**
     * Those that are wanted, the newest first.
     *
     * @param before a page's {@link Page#next()}; {@link Long#MAX_VALUE}: from the newest on
     */
    public Page find(Predicate<SessionRecord> wanted, long before, int most) {
        List<SessionRecord> found = new ArrayList<>();
        long last = before;
        for (Map.Entry<Long, ImapConnection> one :
                open.headMap(before, false).descendingMap().entrySet()) {
            SessionRecord session = one.getValue().notes().snapshot();
            if (wanted.test(session)) {
                if (found.size() == most) {
                    return new Page(found, last);
                }
                found.add(session);
                last = one.getKey();
            }
        }
        return new Page(found, null);
    }

    /**
     * Ends a session: its command under way is finished, then it is told BYE with these words. A client that takes longer
     * than 5 s is cut off.
     *
     * @return whether there was such a session
     */
    public boolean end(String id, String words) {
        for (ImapConnection connection : open.values()) {
            if (connection.id().equals(id)) {
                connection.end(words, GRACE);
                return true;
            }
        }
        return false;
    }
}
