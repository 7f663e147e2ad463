package cz.digidig.imap.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What storage told of messages, by message id. Messages never change, so nothing here gets old; only room is limited.
 * Octets of large messages are not kept but streamed.
 */
public final class MessageCache {
    /** Messages up to this size are read whole and kept. */
    public static final int LARGEST_KEPT = 1024 * 1024;

    private static final int RENDERED_AT_ONCE = 500;
    private static final int RAW_AT_ONCE = 64;

    private final MailStore store;
    private final Cache<String, Rendered> rendered;
    private final Cache<String, byte[]> raw;
    private final Cache<String, byte[]> heads;

    /**
     * @param renderedOctets room for ENVELOPE, BODYSTRUCTURE and the like
     * @param rawOctets room for messages' octets
     */
    public MessageCache(MailStore store, long renderedOctets, long rawOctets) {
        this.store = store;
        this.rendered = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(renderedOctets)
                .weigher((String id, Rendered value) -> 120 + value.octets())
                .build();
        this.raw = octets(rawOctets * 3 / 4);
        this.heads = octets(rawOctets / 4);
    }

    private static Cache<String, byte[]> octets(long most) {
        return Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(most)
                .weigher((String id, byte[] value) -> 120 + value.length)
                .build();
    }

    /** Rendered messages; unknown ones are left out. */
    public Map<String, Rendered> rendered(Collection<String> ids) {
        return get(rendered, ids, RENDERED_AT_ONCE, (some, _) -> store.rendered(some), 0);
    }

    /** Whole messages, which should be small ones; unknown ones are left out. */
    public Map<String, byte[]> raw(Collection<String> ids) {
        return get(raw, ids, RAW_AT_ONCE, store::raw, Long.MAX_VALUE);
    }

    /** The first octets of messages, so many at least as are wanted; unknown ones are left out. */
    public Map<String, byte[]> heads(Collection<String> ids, int length) {
        Map<String, byte[]> found = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String id : ids) {
            byte[] kept = raw.getIfPresent(id);
            if (kept == null) {
                kept = heads.getIfPresent(id);
                if (kept != null && kept.length < length) {
                    kept = null;
                }
            }
            if (kept == null) {
                missing.add(id);
            } else {
                found.put(id, kept);
            }
        }
        for (int i = 0; i < missing.size(); i += RAW_AT_ONCE) {
            Map<String, byte[]> some = store.raw(missing.subList(i, Math.min(i + RAW_AT_ONCE, missing.size())), length);
            heads.putAll(some);
            found.putAll(some);
        }
        return found;
    }

    public byte @Nullable [] rawIfKept(String id) {
        return raw.getIfPresent(id);
    }

    /** A message that was just stored and will probably be looked at. */
    public void keep(String id, byte[] octets) {
        raw.put(id, octets);
    }

    /** Copies some of a message's octets from storage. */
    public void stream(String id, long from, long length, OutputStream sink) throws IOException {
        store.raw(id, from, length, sink);
    }

    private static <T> Map<String, T> get(
            Cache<String, T> cache,
            Collection<String> ids,
            int atOnce,
            BiFunction<List<String>, Long, Map<String, T>> load,
            long argument) {
        Map<String, T> found = new HashMap<>(cache.getAllPresent(ids));
        if (found.size() == ids.size()) {
            return found;
        }
        List<String> missing = new ArrayList<>();
        for (String id : ids) {
            if (!found.containsKey(id)) {
                missing.add(id);
            }
        }
        for (int i = 0; i < missing.size(); i += atOnce) {
            Map<String, T> some = load.apply(missing.subList(i, Math.min(i + atOnce, missing.size())), argument);
            cache.putAll(some);
            found.putAll(some);
        }
        return found;
    }
}
