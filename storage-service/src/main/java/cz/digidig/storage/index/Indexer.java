package cz.digidig.storage.index;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.storage.index.ChangedMailboxes.Mark;
import cz.digidig.storage.journal.MessageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the index up to what the mailboxes have. One thread's work; what is left when it fails is found again. */
final class Indexer {
    private static final Logger log = LoggerFactory.getLogger(Indexer.class);

    /** An account's messages that are in no mailbox any more are looked for when there are these more of them. */
    private static final long MOST_LEFT = 500;

    /** So seldom, for accounts that don't stand still for long enough. */
    private static final long BETWEEN_REMOVALS = TimeUnit.MINUTES.toNanos(1);

    /** After so many batches of one mailbox those of others come first: nobody waits for somebody's whole import. */
    private static final int MOST_BATCHES = 10;

    private final IndexSource source;
    private final ChangedMailboxes changed;
    private final Pace pace;
    private final int batch;
    private long lastRemoval = System.nanoTime() - BETWEEN_REMOVALS;

    Indexer(IndexSource source, ChangedMailboxes changed, Pace pace, int batch) {
        this.source = source;
        this.changed = changed;
        this.pace = pace;
        this.batch = batch;
    }

    /** Finds the mailboxes that the index is behind with. */
    void walk(SearchIndex index) throws IOException {
        List<IndexSource.Known> behind = new ArrayList<>();
        source.walk(some -> behind.addAll(some.stream()
                .filter(known -> known.uidNext() > 1)
                .filter(known -> !isThere(index, known))
                .toList()));
        for (IndexSource.Known known : behind) {
            changed.add(known.account(), known.mailbox());
        }
    }

    private static boolean isThere(SearchIndex index, IndexSource.Known known) {
        try {
            Position position = index.position(known.account(), known.mailbox());
            return position != null && position.uidNext() == known.uidNext() && position.modSeq() <= known.modSeq();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Brings mailboxes up to date, account by account. A mailbox that is gone is left; one with much that is new gets its turn,
     * and is marked again.
     */
    void update(SearchIndex index, List<Mark> marks) throws IOException {
        Map<String, Map<String, Mark>> accounts = new LinkedHashMap<>();
        marks.forEach(mark ->
                accounts.computeIfAbsent(mark.account(), _ -> new HashMap<>()).put(mark.mailbox(), mark));
        Iterator<Map.Entry<String, Map<String, Mark>>> left =
                accounts.entrySet().iterator();
        try {
            while (left.hasNext() && !pace.stopping()) {
                Map.Entry<String, Map<String, Mark>> account = left.next();
                if (isUpdated(index, account.getKey(), account.getValue())) {
                    left.remove();
                }
            }
        } finally {
            // Where one failed, also those that came after it: nothing tells of them a second time.
            accounts.forEach(
                    (account, mailboxes) -> mailboxes.keySet().forEach(mailbox -> changed.add(account, mailbox)));
        }
    }

    private boolean isUpdated(SearchIndex index, String account, Map<String, Mark> mailboxes) throws IOException {
        try {
            updateAccount(index, account, mailboxes);
            return true;
        } catch (ProblemException problem) {
            return problem.code() == ErrorCode.NOT_FOUND;
        }
    }

    private void updateAccount(SearchIndex index, String account, Map<String, Mark> mailboxes) throws IOException {
        List<MailboxSummary> all = source.mailboxes(account);
        for (MailboxSummary mailbox : all) {
            Mark mark = mailboxes.get(mailbox.id());
            if (mark != null && !updateMailbox(index, account, mailbox)) {
                changed.addAgain(mark);
            }
        }
        if (!pace.stopping()) {
            removeLeft(index, account, all);
        }
    }

    /** False: there is more. */
    private boolean updateMailbox(SearchIndex index, String account, MailboxSummary mailbox) throws IOException {
        Position known = index.position(account, mailbox.id());
        // A database that was restored is behind the index: all of the mailbox is looked at again.
        boolean usable =
                known != null && known.modSeq() <= mailbox.highestModSeq() && known.uidNext() <= mailbox.uidNext();
        Position position = usable && known != null ? known : new Position(account, mailbox.id(), 0, 1);
        boolean more = position.uidNext() < mailbox.uidNext();
        for (int batches = 0; more && batches < MOST_BATCHES && !pace.stopping(); batches++) {
            long began = System.nanoTime();
            MailboxChanges changes =
                    source.changes(account, mailbox.id(), position.modSeq(), position.uidNext() - 1, batch);
            long[] uids = changes.changed().uid();
            add(index, account, changes.changed().id());
            more = changes.more() && uids.length > 0;
            position = more
                    ? new Position(account, mailbox.id(), position.modSeq(), uids[uids.length - 1] + 1)
                    : new Position(account, mailbox.id(), changes.highestModSeq(), changes.uidNext());
            index.put(position);
            index.refresh();
            pace.worked(uids.length, System.nanoTime() - began);
        }
        return !more;
    }

    private void add(SearchIndex index, String account, String[] ids) throws IOException {
        Set<String> missing = new HashSet<>();
        index.look(searcher -> {
            Predicate<MessageId> known = SearchIndex.known(searcher);
            for (String id : ids) {
                if (!known.test(MessageId.parse(id))) {
                    missing.add(id);
                }
            }
            return missing;
        });
        if (!missing.isEmpty()) {
            for (IndexedMessage message : source.indexed(List.copyOf(missing))) {
                put(index, account, message);
            }
        }
    }

    private static void put(SearchIndex index, String account, IndexedMessage message) throws IOException {
        try {
            index.put(account, message);
        } catch (IllegalArgumentException refused) {
            // Nothing is known that Lucene refuses; were there something, it must not stop all that follows.
            log.warn("Message {} can't be indexed, so its text is not found", message.id(), refused);
        }
    }

    /**
     * Removes messages that are in no mailbox, when there are many. They move between mailboxes while these are read one
     * after the other, so only an account whose mailboxes are afterwards what they were before has been seen whole.
     */
    private void removeLeft(SearchIndex index, String account, List<MailboxSummary> before) throws IOException {
        long messages = before.stream().mapToLong(MailboxSummary::messages).sum();
        long indexed = index.look(searcher -> IndexContents.count(searcher, account));
        if (indexed - messages <= MOST_LEFT + messages / 4 || System.nanoTime() - lastRemoval < BETWEEN_REMOVALS) {
            return;
        }
        lastRemoval = System.nanoTime();
        Map<String, Long> versions = versions(source.mailboxes(account));
        Set<MessageId> there = new HashSet<>();
        for (String mailbox : versions.keySet()) {
            addIds(account, mailbox, there);
        }
        if (!versions(source.mailboxes(account)).equals(versions)) {
            return;
        }
        List<MessageId> left = new ArrayList<>();
        index.look(searcher -> {
            IndexContents.visit(searcher, account, id -> {
                if (!there.contains(id)) {
                    left.add(id);
                }
            });
            return left;
        });
        for (MessageId id : left) {
            index.delete(id);
        }
        for (String mailbox : index.look(searcher -> IndexContents.mailboxes(searcher, account))) {
            if (!versions.containsKey(mailbox)) {
                index.forget(mailbox);
            }
        }
        index.refresh();
    }

    private static Map<String, Long> versions(List<MailboxSummary> mailboxes) {
        Map<String, Long> versions = new HashMap<>();
        mailboxes.forEach(mailbox -> versions.put(mailbox.id(), mailbox.highestModSeq()));
        return versions;
    }

    private void addIds(String account, String mailbox, Set<MessageId> there) {
        long afterUid = 0;
        @Nullable MailboxChanges changes = null;
        while (changes == null || changes.more()) {
            changes = source.changes(account, mailbox, 0, afterUid, batch);
            for (String id : changes.changed().id()) {
                there.add(MessageId.parse(id));
            }
            long[] uids = changes.changed().uid();
            if (uids.length == 0) {
                return;
            }
            afterUid = uids[uids.length - 1];
        }
    }
}
