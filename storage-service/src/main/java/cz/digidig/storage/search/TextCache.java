package cz.digidig.storage.search;

import cz.digidig.storage.search.MailboxSource.MessageText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The texts of the messages that were searched last. Bounded in octets. The lock is never held while the store is asked. */
final class TextCache {
    private static final int BATCH = 500;

    private final MailboxSource source;
    private final long mostOctets;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, SearchedText> cached = new LinkedHashMap<>(16, 0.75f, true);
    private long octets;

    TextCache(MailboxSource source, long mostOctets) {
        this.source = source;
        this.mostOctets = mostOctets;
    }

    /** The texts of messages, in the order asked; one that the store does not know has an empty one. */
    SearchedText[] texts(List<String> ids) {
        SearchedText[] texts = new SearchedText[ids.size()];
        List<Integer> missing = new ArrayList<>();
        lock.lock();
        try {
            for (int i = 0; i < texts.length; i++) {
                SearchedText text = cached.get(ids.get(i));
                texts[i] = text == null ? SearchedText.UNKNOWN : text;
                if (text == null) {
                    missing.add(i);
                }
            }
        } finally {
            lock.unlock();
        }
        for (int from = 0; from < missing.size(); from += BATCH) {
            load(ids, missing.subList(from, Math.min(missing.size(), from + BATCH)), texts);
        }
        return texts;
    }

    private void load(List<String> ids, List<Integer> missing, SearchedText[] texts) {
        Map<String, SearchedText> loaded = new LinkedHashMap<>();
        for (MessageText text : source.texts(missing.stream().map(ids::get).toList())) {
            loaded.put(text.id(), SearchedText.of(text));
        }
        for (int i : missing) {
            texts[i] = loaded.getOrDefault(ids.get(i), SearchedText.UNKNOWN);
        }
        lock.lock();
        try {
            loaded.forEach((id, text) -> {
                SearchedText before = cached.put(id, text);
                octets += text.weight() - (before == null ? 0 : before.weight());
            });
            Iterator<Map.Entry<String, SearchedText>> oldest = cached.entrySet().iterator();
            while (octets > mostOctets && oldest.hasNext()) {
                octets -= oldest.next().getValue().weight();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }
}
