package cz.digidig.storage.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.storage.search.MailboxRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** To which conversation messages belong, which never changes. What is not known yet is read by id, the newest first. */
@Component
class ThreadNames {
    private static final int MOST_KNOWN = 200_000;
    private static final int BATCH = 1000;
    /** How long one question reads; what is still unknown then is read by the next ones. */
    private static final Duration MOST_READING = Duration.ofSeconds(2);

    private final MessageSource source;
    private final Cache<String, String> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    ThreadNames(MessageSource source) {
        this.source = source;
    }

    /**
     * Conversations of rows.
     *
     * @param size how many rows
     * @param id a row's message
     * @return for each row its conversation; null: not known yet, or the message is gone
     */
    @Nullable
    String[] of(int size, IntFunction<String> id) {
        long end = System.nanoTime() + MOST_READING.toNanos();
        @Nullable String[] threads = new @Nullable String[size];
        List<String> missing = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int row = size - 1; row >= 0; row--) {
            String message = id.apply(row);
            threads[row] = known.getIfPresent(message);
            if (threads[row] == null) {
                missing.add(message);
                places.put(message, row);
            }
        }
        Map<String, String> same = new HashMap<>();
        for (int from = 0; from < missing.size() && System.nanoTime() - end < 0; from += BATCH) {
            List<String> batch = missing.subList(from, Math.min(missing.size(), from + BATCH));
            source.threads(batch).forEach((message, thread) -> {
                String name = same.computeIfAbsent(thread, one -> one);
                known.put(message, name);
                threads[places.getOrDefault(message, 0)] = name;
            });
        }
        return threads;
    }

    /** The rows of a mailbox by conversation, for these conversations; ascending. */
    Map<String, List<Integer>> rows(MailboxRows rows, @Nullable String[] threads, Set<String> wanted) {
        Map<String, List<Integer>> found =
                wanted.stream().collect(Collectors.toMap(one -> one, _ -> new ArrayList<>()));
        for (int row = 0; row < rows.size(); row++) {
            String thread = threads[row];
            if (thread != null && found.containsKey(thread)) {
                found.get(thread).add(row);
            }
        }
        return found;
    }
}
