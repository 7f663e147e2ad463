package cz.digidig.storage.event;

import cz.digidig.common.api.storage.MailboxEvent;
import cz.digidig.common.observability.Traces;
import cz.digidig.storage.journal.MailboxChanged;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hands events to all that listen in this process. */
@Component
public final class EventHub implements MailboxChanged {
    private static final int WAITING_AT_MOST = 4096;

    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final Traces traces;

    EventHub(Traces traces) {
        this.traces = traces;
    }

    /** One listener's events; those beyond its capacity are lost, and it with them. */
    public final class Subscription implements AutoCloseable {
        private final BlockingQueue<MailboxEvent> waiting = new ArrayBlockingQueue<>(WAITING_AT_MOST);
        private volatile boolean overrun;

        /** The next event; null where none came in time. */
        @Nullable
        MailboxEvent next(Duration most) throws InterruptedException {
            return waiting.poll(most.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Nullable
        MailboxEvent nextNow() {
            return waiting.poll();
        }

        /** True: events were lost. */
        boolean overrun() {
            return overrun;
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }

    Subscription subscribe() {
        Subscription subscription = new Subscription();
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public void changed(String account, String mailbox, long modSeq) {
        publish(new MailboxEvent(account, mailbox, modSeq, traces.recorded()));
    }

    public void publish(MailboxEvent event) {
        for (Subscription subscription : subscriptions) {
            if (!subscription.waiting.offer(event)) {
                subscription.overrun = true;
            }
        }
    }
}
