package cz.digidig.smtp.spool;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One attempt to deliver to a destination, with one server.
 *
 * @param destination its place among the message's destinations
 * @param at when it was over
 * @param detail the server and its whole reply, or what happened; what is very long is cut
 */
public record Attempt(int destination, Instant at, Result result, String detail) {
    /** How many of a destination are kept, the last ones. */
    public static final int MOST_KEPT = 10;

    private static final int LONGEST_DETAIL = 3900;

    /** What came of it. */
    public enum Result {
        DELIVERED,
        DEFERRED,
        REFUSED,
        /** The server may have the message: its reply was lost. */
        UNCERTAIN
    }

    public Attempt {
        detail = detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL));
    }

    /** The last ones of each destination, in their order. */
    static List<Attempt> kept(List<Attempt> all) {
        Map<Integer, Integer> counts = new HashMap<>();
        Deque<Attempt> kept = new ArrayDeque<>();
        for (Attempt attempt : all.reversed()) {
            int count = counts.getOrDefault(attempt.destination(), 0);
            if (count < MOST_KEPT) {
                counts.put(attempt.destination(), count + 1);
                kept.addFirst(attempt);
            }
        }
        return List.copyOf(kept);
    }
}
