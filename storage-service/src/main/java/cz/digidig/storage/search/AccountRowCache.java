package cz.digidig.storage.search;

import cz.digidig.common.api.storage.MailboxSummary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The rows of the accounts that were searched last. Bounded by rows. The lock is never held while the store is asked. */
final class AccountRowCache {
    private final MailboxSource source;
    private final RowCache mailboxes;
    private final long mostRows;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, AccountRows> cached = new LinkedHashMap<>(16, 0.75f, true);
    private long rows;

    AccountRowCache(MailboxSource source, RowCache mailboxes, long mostRows) {
        this.source = source;
        this.mailboxes = mailboxes;
        this.mostRows = mostRows;
    }

    /** An account's rows as they are now. */
    AccountRows rows(String account) {
        List<MailboxSummary> summaries = source.mailboxes(account);
        List<MailboxRows> contents = new ArrayList<>(summaries.size());
        for (MailboxSummary summary : summaries) {
            contents.add(mailboxes.rows(account, summary));
        }
        AccountRows known = get(account);
        if (known != null && known.isOf(summaries, contents)) {
            return known;
        }
        AccountRows fresh = AccountRows.of(summaries, contents);
        put(account, fresh);
        return fresh;
    }

    private @Nullable AccountRows get(String account) {
        lock.lock();
        try {
            return cached.get(account);
        } finally {
            lock.unlock();
        }
    }

    private void put(String account, AccountRows fresh) {
        lock.lock();
        try {
            AccountRows before = cached.put(account, fresh);
            rows += fresh.size() - (before == null ? 0 : before.size());
            Iterator<Map.Entry<String, AccountRows>> oldest = cached.entrySet().iterator();
            while (rows > mostRows && oldest.hasNext()) {
                rows -= oldest.next().getValue().size();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }
}
