package cz.digidig.storage.journal;

import com.mongodb.MongoException;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mailbox.UidSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all concurrent changes go through: each mailbox gets one draft that takes its changes in their order, all drafts
 * are committed by one command, and then the callers hear of it. A change that can't be part of this round is left for
 * the next.
 */
final class Round {
    private static final Logger log = LoggerFactory.getLogger(Round.class);
    private static final int MOST_ATTEMPTS = 200;

    private final SnapshotCache cache;
    private final PageLoader loader;
    private final DeliveryRecords deliveries;
    private final Commits commits;

    Round(SnapshotCache cache, PageLoader loader, DeliveryRecords deliveries, Commits commits) {
        this.cache = cache;
        this.loader = loader;
        this.deliveries = deliveries;
        this.commits = commits;
    }

    void run(List<Change> batch) {
        Work work = new Work();
        try {
            work.prepare(batch);
            batch.forEach(work::compute);
            work.commit();
        } catch (MongoException e) {
            log.warn("The database did not answer; changes are refused", e);
            work.forgetAll();
            for (Change change : batch) {
                if (!change.completed()) {
                    change.fail(new ProblemException(ErrorCode.UNAVAILABLE, "The message store can't be reached"));
                }
            }
        }
    }

    private static ProblemException noMailbox() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such mailbox");
    }

    private final class Work {
        private final Map<String, Snapshot> bases = new HashMap<>();
        private final Map<String, Draft> drafts = new HashMap<>();
        private final Map<String, List<Change>> computed = new HashMap<>();
        private final Set<String> stale = new HashSet<>();
        private final Set<String> movedFrom = new HashSet<>();
        private Map<String, Placed> delivered = Map.of();

        /**
         * The order matters: a delivery that was made between the two reads would make the commit fail, and one made
         * before the first is found in the journal or, once that has let go of it, among the records.
         */
        void prepare(List<Change> batch) {
            List<String> unknown = new ArrayList<>();
            List<String> keys = new ArrayList<>();
            for (Change change : batch) {
                want(change.mailbox(), unknown);
                if (change instanceof Change.Copy copy) {
                    want(copy.source(), unknown);
                }
                if (change instanceof Change.Add add && add.deliveryKey() != null) {
                    keys.add(add.deliveryKey());
                }
            }
            if (!unknown.isEmpty()) {
                bases.putAll(cache.refresh(unknown));
            }
            if (!keys.isEmpty()) {
                delivered = deliveries.find(keys);
            }
        }

        private void want(String mailbox, List<String> unknown) {
            Snapshot cached = cache.cached(mailbox);
            if (cached == null) {
                unknown.add(mailbox);
            } else {
                bases.put(mailbox, cached);
            }
        }

        private Draft draft(String mailbox) {
            Snapshot base = bases.get(mailbox);
            if (base == null) {
                throw noMailbox();
            }
            return drafts.computeIfAbsent(mailbox, id -> new Draft(base, loader));
        }

        void compute(Change change) {
            if (change.attempt() > MOST_ATTEMPTS) {
                change.fail(new ProblemException(ErrorCode.UNAVAILABLE, "The mailbox is changed too often; try again"));
                return;
            }
            if (stale.contains(change.mailbox())) {
                return;
            }
            try {
                if (compute(change, draft(change.mailbox()))) {
                    computed.computeIfAbsent(change.mailbox(), id -> new ArrayList<>())
                            .add(change);
                }
            } catch (StaleSnapshot e) {
                stale.add(change.mailbox());
                if (change instanceof Change.Copy copy) {
                    stale.add(copy.source());
                }
            } catch (ProblemException e) {
                change.fail(e);
            }
        }

        /** False: it is not part of this round's commit. */
        private boolean compute(Change change, Draft draft) {
            switch (change) {
                case Change.Add add -> {
                    Placed before = add.deliveryKey() == null ? null : delivered.get(add.deliveryKey());
                    if (before != null) {
                        add.placedBefore(before);
                        add.complete();
                        return false;
                    }
                    add.compute(draft);
                }
                case Change.Flags flags -> flags.compute(draft);
                case Change.Expunge expunge -> expunge.compute(draft);
                case Change.Copy copy -> {
                    return compute(copy, draft);
                }
            }
            return true;
        }

        private boolean compute(Change.Copy copy, Draft target) {
            Draft source = draft(copy.source());
            boolean elsewhere = source != target;
            // What is copied must be committed, and what is being moved away is not there any more.
            boolean uncommitted = elsewhere && (source.changed() || stale.contains(copy.source()));
            if (uncommitted || movedFrom.contains(copy.source())) {
                return false;
            }
            copy.compute(source, target);
            if (copy.move() && elsewhere) {
                movedFrom.add(copy.source());
            }
            return true;
        }

        void commit() {
            stale.forEach(drafts::remove);
            Set<String> lost = new HashSet<>(stale);
            List<Draft> changed =
                    drafts.values().stream().filter(Draft::changed).toList();
            if (!changed.isEmpty()) {
                lost.addAll(commits.write(changed));
            }
            if (!stale.isEmpty()) {
                cache.refresh(stale);
            }
            computed.forEach((mailbox, changes) -> {
                if (!lost.contains(mailbox)) {
                    for (Change change : changes) {
                        if (change instanceof Change.Copy copy) {
                            finish(copy);
                        }
                        change.complete();
                    }
                }
            });
        }

        /** The second half of a move. Should it not succeed here, the target's journal remembers that it is to be done. */
        private void finish(Change.Copy copy) {
            if (!copy.move() || copy.source().equals(copy.mailbox()) || copy.result() == null) {
                return;
            }
            long[] moved = copy.result().sourceUids();
            if (moved.length > 0) {
                Long modSeq = expunge(copy.source(), UidSet.of(moved));
                if (modSeq != null) {
                    copy.sourceIsAt(modSeq);
                }
            }
        }

        private @Nullable Long expunge(String mailbox, UidSet uids) {
            for (int attempt = 0; attempt < 20; attempt++) {
                Snapshot base = cache.cached(mailbox);
                if (base == null) {
                    base = cache.refresh(List.of(mailbox)).get(mailbox);
                }
                if (base == null) {
                    return null;
                }
                Draft draft = new Draft(base, loader);
                try {
                    List<MessageRow> rows = draft.rows(uids);
                    if (rows.isEmpty()) {
                        return draft.highestModSeq();
                    }
                    draft.expunge(rows);
                    if (commits.write(List.of(draft)).isEmpty()) {
                        return draft.highestModSeq();
                    }
                } catch (StaleSnapshot e) {
                    cache.refresh(List.of(mailbox));
                }
            }
            return null;
        }

        void forgetAll() {
            bases.keySet().forEach(cache::forget);
        }
    }
}
