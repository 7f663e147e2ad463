package cz.digidig.identity.internal;

import cz.digidig.common.api.identity.IdentityChange;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells every listening service what changed, once it is committed.
 *
 * <p>Ends before the web server does, so that open streams do not hold up a shutdown.
 */
@Component
class ChangeStream implements SmartLifecycle {
    private static final int MOST_SUBSCRIBERS = 200;

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    /** A new stream; 503 when there are too many. */
    SseEmitter subscribe() {
        if (!running || subscribers.size() >= MOST_SUBSCRIBERS) {
            throw new ProblemException(ErrorCode.UNAVAILABLE, "No more streams can be opened now");
        }
        Subscriber subscriber = new Subscriber(subscribers::remove);
        subscribers.add(subscriber);
        return subscriber.begin();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void tell(IdentityChange change) {
        subscribers.forEach(subscriber -> subscriber.offer(change));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        subscribers.forEach(Subscriber::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
