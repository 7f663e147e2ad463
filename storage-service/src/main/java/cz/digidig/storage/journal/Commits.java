package cz.digidig.storage.journal;

import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import cz.digidig.storage.database.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits drafts: all of a round in one command. */
final class Commits {
    private static final Logger log = LoggerFactory.getLogger(Commits.class);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private record Attempt(Draft draft, List<Intent> keep, long commit) {}

    private final Database database;
    private final SnapshotCache cache;
    private final PageWriter writer;
    private final MailboxChanged listener;
    private final Clock clock;

    Commits(Database database, SnapshotCache cache, PageWriter writer, MailboxChanged listener, Clock clock) {
        this.database = database;
        this.cache = cache;
        this.writer = writer;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Writes the drafts. Those that succeeded are the cache's snapshots from here on.
     *
     * @return the mailboxes whose commit was lost to somebody else; the cache has them as they are now, or not at all
     *     where they don't exist any more
     */
    Set<String> write(Collection<Draft> drafts) {
        List<Attempt> attempts = new ArrayList<>();
        List<WriteModel<Document>> updates = new ArrayList<>();
        Date now = Date.from(clock.instant());
        for (Draft draft : drafts) {
            MailboxState state = draft.state();
            List<Intent> keep = writer.unapplied(state);
            long commit = ThreadLocalRandom.current().nextLong();
            attempts.add(new Attempt(draft, keep, commit));
            updates.add(new UpdateOneModel<>(
                    Database.ifStill(state.id(), "highestModSeq", state.highestModSeq()),
                    draft.update(keep.size(), commit, now)));
        }
        Set<String> lost = new HashSet<>();
        try {
            BulkWriteResult result = database.mailboxes().bulkWrite(updates, UNORDERED);
            if (result.getMatchedCount() < attempts.size()) {
                lost = lost(attempts);
            }
        } catch (MongoException e) {
            log.warn("The outcome of a commit is not known; asking the database", e);
            lost = lostAfterFailure(attempts);
        }
        for (Attempt attempt : attempts) {
            String mailbox = attempt.draft().state().id();
            if (!lost.contains(mailbox)) {
                Snapshot result = attempt.draft().result(attempt.keep());
                cache.install(result);
                writer.committed(mailbox);
                listener.changed(
                        result.state().account(), mailbox, result.state().highestModSeq());
            }
        }
        if (!lost.isEmpty()) {
            cache.refresh(lost);
        }
        return lost;
    }

    /** Where the database can't be asked either, what was committed is announced later. */
    private Set<String> lostAfterFailure(List<Attempt> attempts) {
        try {
            return lost(attempts);
        } catch (MongoException e) {
            attempts.forEach(attempt -> writer.doubt(attempt.draft().state().id()));
            throw e;
        }
    }

    /** The command tells only how many succeeded; each document remembers its last commits. */
    private Set<String> lost(List<Attempt> attempts) {
        Map<String, Attempt> unsure = new HashMap<>();
        attempts.forEach(attempt -> unsure.put(attempt.draft().state().id(), attempt));
        Set<String> lost = new HashSet<>(unsure.keySet());
        for (Document document : database.mailboxes()
                .find(Filters.in("_id", unsure.keySet()))
                .projection(Projections.include("commits"))) {
            Attempt attempt = unsure.get(document.getString("_id"));
            if (attempt != null && document.getList("commits", Long.class).contains(attempt.commit())) {
                lost.remove(document.getString("_id"));
            }
        }
        return lost;
    }
}
