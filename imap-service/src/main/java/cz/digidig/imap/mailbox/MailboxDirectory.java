package cz.digidig.imap.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.imap.protocol.MailboxName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Accounts' lists of mailboxes. Names, ids and subscriptions are kept while nothing was announced; counters are not. */
public final class MailboxDirectory implements ChangeFeed.Listener {
    private static final int MOST_ACCOUNTS = 10_000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final MailStore store;
    private final ChangeFeed feed;
    private final AtomicLong changes = new AtomicLong();
    private final Cache<String, List<Mailbox>> lists = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_ACCOUNTS)
            .expireAfterAccess(UNUSED)
            .build();

    public MailboxDirectory(MailStore store, ChangeFeed feed) {
        this.store = store;
        this.feed = feed;
        feed.listen(this);
    }

    /** All mailboxes, INBOX first; the counters may be old. */
    public List<Mailbox> list(String account) {
        List<Mailbox> kept = feed.healthy() ? lists.getIfPresent(account) : null;
        return kept == null ? listWithCounters(account) : kept;
    }

    /** All mailboxes with their counters as they are. */
    public List<Mailbox> listWithCounters(String account) {
        long before = changes.get();
        List<Mailbox> list = List.copyOf(store.mailboxes(account));
        if (changes.get() == before) {
            lists.put(account, list);
        }
        return list;
    }

    /** A mailbox by name; the counters may be old. */
    public Optional<Mailbox> find(String account, MailboxName name) {
        return Optional.ofNullable(find(list(account), name));
    }

    private static @Nullable Mailbox find(List<Mailbox> list, MailboxName name) {
        for (Mailbox mailbox : list) {
            if (mailbox.path().equals(name.path())) {
                return mailbox;
            }
        }
        return null;
    }

    @Override
    public void mailboxChanged(String account, String mailbox, long modSeq) {
        // Counters are not relied on.
    }

    @Override
    public void mailboxesChanged(String account) {
        changes.incrementAndGet();
        lists.invalidate(account);
    }

    @Override
    public void everythingInDoubt() {
        changes.incrementAndGet();
        lists.invalidateAll();
    }
}
