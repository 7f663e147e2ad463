package cz.digidig.storage.listing;

import cz.digidig.storage.search.MailboxRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * To which conversation messages belong, which never changes: kept for the mailboxes that were looked at last, carried over
 * when a mailbox changes. What is not known yet is read by id, the newest first.
 */
@Component
class ThreadNames {
    /** Of all kept mailboxes together; the one that was looked at last is kept, however large. */
    private static final int MOST_ROWS = 500_000;

    private static final int BATCH = 1000;
    /** How long one question reads; what is still unknown then is read by the next ones. */
    private static final Duration MOST_READING = Duration.ofSeconds(2);

    private final MessageSource source;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Named> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptRows;

    ThreadNames(MessageSource source) {
        this.source = source;
    }

    /** The conversations of a mailbox's rows; never changed once it is kept. */
    private record Named(MailboxRows rows, @Nullable String[] threads) {}

    /** For each row its conversation; null: not known yet, or the message is gone. Not to be changed. */
    @Nullable
    String[] of(MailboxRows rows) {
        Named before = known(rows.mailbox());
        @Nullable String[] threads = before == null ? new @Nullable String[rows.size()] : carried(before, rows);
        List<Integer> missing = new ArrayList<>();
        for (int row = threads.length - 1; row >= 0; row--) {
            if (threads[row] == null) {
                missing.add(row);
            }
        }
        if (!missing.isEmpty()) {
            threads = threads.clone();
            read(rows, threads, missing);
        }
        keep(rows.mailbox(), new Named(rows, threads));
        return threads;
    }

    private static @Nullable String[] carried(Named before, MailboxRows rows) {
        if (before.rows() == rows) {
            return before.threads();
        }
        @Nullable String[] threads = new @Nullable String[rows.size()];
        int old = 0;
        for (int row = 0; row < threads.length; row++) {
            long uid = rows.uid(row);
            while (old < before.threads().length && before.rows().uid(old) < uid) {
                old++;
            }
            if (old < before.threads().length && before.rows().id(old).equals(rows.id(row))) {
                threads[row] = before.threads()[old];
            }
        }
        return threads;
    }

    private void read(MailboxRows rows, @Nullable String[] threads, List<Integer> missing) {
        long end = System.nanoTime() + MOST_READING.toNanos();
        Map<String, String> same = new HashMap<>();
        for (int from = 0; from < missing.size() && System.nanoTime() - end < 0; from += BATCH) {
            List<Integer> batch = missing.subList(from, Math.min(missing.size(), from + BATCH));
            Map<String, String> found =
                    source.threads(batch.stream().map(rows::id).toList());
            for (int row : batch) {
                String thread = found.get(rows.id(row));
                threads[row] = thread == null ? null : same.computeIfAbsent(thread, one -> one);
            }
        }
    }

    private @Nullable Named known(String mailbox) {
        lock.lock();
        try {
            return kept.get(mailbox);
        } finally {
            lock.unlock();
        }
    }

    private void keep(String mailbox, Named named) {
        lock.lock();
        try {
            Named before = kept.put(mailbox, named);
            keptRows += named.threads().length - (before == null ? 0 : before.threads().length);
            Iterator<Named> oldest = kept.values().iterator();
            while (keptRows > MOST_ROWS && kept.size() > 1) {
                keptRows -= oldest.next().threads().length;
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The rows of a mailbox by conversation, for these conversations; ascending. */
    static Map<String, List<Integer>> rows(@Nullable String[] threads, Set<String> wanted) {
        Map<String, List<Integer>> found =
                wanted.stream().collect(Collectors.toMap(one -> one, _ -> new ArrayList<>()));
        for (int row = 0; row < threads.length; row++) {
            String thread = threads[row];
            List<Integer> rows = thread == null ? null : found.get(thread);
            if (rows != null) {
                rows.add(row);
            }
        }
        return found;
    }
}
