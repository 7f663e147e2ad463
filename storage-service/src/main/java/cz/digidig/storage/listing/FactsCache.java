package cz.digidig.storage.listing;

import cz.digidig.storage.listing.MessageSource.StoredMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What was listed last, which never changes. Bounded by messages. The lock is never held while the store is asked. */
final class FactsCache {
    private final MessageSource source;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, StoredMessage> cached = new LinkedHashMap<>(16, 0.75f, true);

    FactsCache(MessageSource source, int most) {
        this.source = source;
        this.most = most;
    }

    /** By id; unknown ones are left out. */
    Map<String, StoredMessage> messages(List<String> ids) {
        Map<String, StoredMessage> found = HashMap.newHashMap(ids.size());
        List<String> missing = new ArrayList<>();
        lock.lock();
        try {
            for (String id : ids) {
                StoredMessage message = cached.get(id);
                if (message == null) {
                    missing.add(id);
                } else {
                    found.put(id, message);
                }
            }
        } finally {
            lock.unlock();
        }
        if (!missing.isEmpty()) {
            keep(source.messages(missing), found);
        }
        return found;
    }

    private void keep(List<StoredMessage> loaded, Map<String, StoredMessage> found) {
        lock.lock();
        try {
            for (StoredMessage message : loaded) {
                found.put(message.id(), message);
                cached.put(message.id(), message);
            }
            while (cached.size() > most) {
                cached.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }
}
