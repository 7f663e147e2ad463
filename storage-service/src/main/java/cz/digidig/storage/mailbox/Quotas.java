package cz.digidig.storage.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.storage.journal.MailboxJournal;
import cz.digidig.storage.journal.MailboxState;
import cz.digidig.storage.mailbox.MailboxTree.Box;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Whether there is room. What an account uses is the sum of its mailboxes' sizes, so nothing can drift; it is added up
 * anew every few seconds, and what this process grants in between is counted on top.
 */
@Component
public final class Quotas {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final AccountLimits limits;
    private final MailboxTrees trees;
    private final MailboxJournal journal;
    private final Cache<String, AtomicLong> used =
            Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(50_000).build();

    Quotas(AccountLimits limits, MailboxTrees trees, MailboxJournal journal) {
        this.limits = limits;
        this.trees = trees;
        this.journal = journal;
    }

    /** Takes room for some octets; false: there is not so much. */
    public boolean take(String account, long octets) {
        long quota = limits.of(account).quota();
        if (quota <= 0) {
            return true;
        }
        AtomicLong sum = used.get(account, this::sum);
        if (sum.addAndGet(octets) <= quota) {
            return true;
        }
        sum.addAndGet(-octets);
        return false;
    }

    private AtomicLong sum(String account) {
        return new AtomicLong(
                journal.states(trees.of(account).boxes().stream().map(Box::id).toList()).values().stream()
                        .mapToLong(MailboxState::size)
                        .sum());
    }

    /** Messages went: the next question is answered by adding up. */
    void released(String account) {
        used.invalidate(account);
    }
}
