package cz.digidig.client.live;

import cz.digidig.common.api.storage.MailboxEvent;
import cz.digidig.common.api.storage.MessageApi;
import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Hears of all changes of mailboxes on one stream, and wakes the pages of whom they concern. */
@Component
class Changes implements SmartLifecycle {
    private static final int MOST_PAGES = 30;

    private final ServiceClients clients;
    private final Map<String, List<Page>> pages = new ConcurrentHashMap<>();
    private volatile boolean running;
    private @Nullable AutoCloseable stream;

    Changes(ServiceClients clients) {
        this.clients = clients;
    }

    /** An open page; a change while it is not looking is one wake-up later. */
    static final class Page {
        private final Semaphore changed = new Semaphore(0);

        void wake() {
            if (changed.availablePermits() == 0) {
                changed.release();
            }
        }

        Semaphore changed() {
            return changed;
        }
    }

    /** Joins; empty: the account has as many pages as it may. */
    Optional<Page> join(String account) {
        List<Page> own = pages.computeIfAbsent(account, _ -> new CopyOnWriteArrayList<>());
        if (own.size() >= MOST_PAGES) {
            return Optional.empty();
        }
        Page page = new Page();
        own.add(page);
        return Optional.of(page);
    }

    void leave(String account, Page page) {
        List<Page> own = pages.get(account);
        if (own != null) {
            own.remove(page);
        }
    }

    private void changed(MailboxEvent event) {
        pages.getOrDefault(event.account(), List.of()).forEach(Page::wake);
    }

    private void perhapsMissed() {
        pages.values().forEach(own -> own.forEach(Page::wake));
    }

    @Override
    public void start() {
        running = true;
        stream = clients.events(
                Peer.STORAGE, MessageApi.EVENTS_PATH, MailboxEvent.class, this::changed, this::perhapsMissed);
    }

    /** Before the web server waits for its requests to end. */
    @Override
    public void stop() {
        running = false;
        perhapsMissed();
        AutoCloseable open = stream;
        if (open != null) {
            try {
                open.close();
            } catch (Exception ended) {
                throw new IllegalStateException("the stream of changes can't be closed", ended);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
