package cz.digidig.storage.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import cz.digidig.storage.database.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Mailboxes as they are, as far as memory allows. Where other processes write to the same database, what is cached is
 * used only after one read of the documents has shown that it is still the last.
 */
final class SnapshotCache {
    private static final Bson JUST_THE_VERSION = Projections.include("highestModSeq");

    private final Database database;
    private final Cache<String, Snapshot> cache;

    SnapshotCache(Database database, long weight) {
        this.database = database;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(weight)
                .weigher((String id, Snapshot snapshot) -> snapshot.weight())
                .build();
    }

    /** A mailbox as it is now; null where there is none. */
    @Nullable
    Snapshot current(String id) {
        return current(List.of(id)).get(id);
    }

    /** Mailboxes as they are now, by id, in two round trips at most; those that don't exist are left out. */
    Map<String, Snapshot> current(Collection<String> ids) {
        Map<String, Snapshot> found = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String id : ids) {
            Snapshot cached = cache.getIfPresent(id);
            if (cached == null) {
                unknown.add(id);
            } else {
                found.put(id, cached);
            }
        }
        if (!database.exclusive() && !found.isEmpty()) {
            Map<String, Long> versions = new HashMap<>();
            database.mailboxes()
                    .find(Filters.in("_id", found.keySet()))
                    .projection(JUST_THE_VERSION)
                    .forEach(document -> versions.put(document.getString("_id"), document.getLong("highestModSeq")));
            found.values().removeIf(cached -> {
                MailboxState state = cached.state();
                Long version = versions.get(state.id());
                if (version == null) {
                    cache.invalidate(state.id());
                    return true;
                }
                boolean old = version > state.highestModSeq();
                if (old) {
                    unknown.add(state.id());
                }
                return old;
            });
        }
        if (!unknown.isEmpty()) {
            found.putAll(refresh(unknown));
        }
        return found;
    }

    /** What is cached, unchecked; for whoever is going to compare and set. */
    @Nullable
    Snapshot cached(String id) {
        return cache.getIfPresent(id);
    }

    /** Reads mailboxes anew. */
    Map<String, Snapshot> refresh(Collection<String> ids) {
        Map<String, Snapshot> found = new HashMap<>();
        for (Document document : database.mailboxes().find(Filters.in("_id", ids))) {
            Snapshot read = new Snapshot(MailboxState.read(document));
            found.put(read.state().id(), install(read));
        }
        for (String id : ids) {
            if (!found.containsKey(id)) {
                cache.invalidate(id);
            }
        }
        return found;
    }

    /** Remembers it unless a later one is known; returns the later of the two. */
    Snapshot install(Snapshot fresh) {
        Snapshot kept = cache.asMap().merge(fresh.state().id(), fresh, (known, given) -> {
            if (known.state().highestModSeq() > given.state().highestModSeq()) {
                return known;
            }
            given.reuse(known);
            return given;
        });
        return kept == null ? fresh : kept;
    }

    /** Tells the cache that pages were loaded into it. */
    void grew(Snapshot snapshot) {
        cache.asMap().computeIfPresent(snapshot.state().id(), (id, known) -> known == snapshot ? snapshot : known);
    }

    void forget(String id) {
        cache.invalidate(id);
    }
}
