package cz.digidig.admin.logs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to one message, through all services.
 *
 * @param trace by which its lines are known
 * @param queueId what the sender was told; empty: not in these lines
 * @param lines the oldest first
 */
record MessageLife(String trace, String queueId, List<LogLine> lines) {
    private static final String QUEUE_ID = "queueId";

    MessageLife {
        lines = List.copyOf(lines);
    }

    /** Lines in the order of time, told apart; the message that was heard of last is first. */
    static List<MessageLife> of(List<LogLine> lines) {
        Map<String, List<LogLine>> byTrace = new LinkedHashMap<>();
        for (LogLine line : lines) {
            byTrace.computeIfAbsent(line.trace(), _ -> new ArrayList<>()).add(line);
        }
        List<MessageLife> lives = new ArrayList<>();
        byTrace.forEach((trace, own) -> lives.addFirst(new MessageLife(
                trace,
                own.stream()
                        .map(line -> line.more().getOrDefault(QUEUE_ID, ""))
                        .filter(id -> !id.isEmpty())
                        .findFirst()
                        .orElse(""),
                own)));
        return lives;
    }

    /** Whether mail was accepted: other traces are of requests. */
    boolean isOfMail() {
        return !queueId.isEmpty();
    }
}
