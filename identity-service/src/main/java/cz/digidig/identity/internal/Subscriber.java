package cz.digidig.identity.internal;

import cz.digidig.common.api.identity.IdentityChange;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open stream. Its own virtual thread writes, so that a slow reader holds up nobody. A reader that falls
 * {@value #MOST_WAITING} changes behind is cut off: it then connects again and drops what it has cached.
 */
final class Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final int MOST_WAITING = 1024;
    private static final int HEARTBEAT_SECONDS = 15;

    private final BlockingQueue<IdentityChange> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final SseEmitter emitter = new SseEmitter(0L);
    private final Consumer<Subscriber> gone;
    private volatile boolean ended;

    Subscriber(Consumer<Subscriber> gone) {
        this.gone = gone;
        emitter.onCompletion(this::end);
        emitter.onTimeout(this::end);
        emitter.onError(failure -> end());
    }

    SseEmitter begin() {
        Thread.ofVirtual().name("identity-changes").start(this::write);
        return emitter;
    }

    void offer(IdentityChange change) {
        if (!waiting.offer(change)) {
            LOG.warn("A listener to changes is too slow; its stream ends");
            end();
        }
    }

    void end() {
        ended = true;
        gone.accept(this);
    }

    private void write() {
        try {
            // The reader knows by the first octets that it is connected; comments find out that it went away.
            emitter.send(SseEmitter.event().comment("connected"));
            long quiet = 0;
            while (!ended) {
                IdentityChange change = waiting.poll(500, TimeUnit.MILLISECONDS);
                if (change != null) {
                    emitter.send(SseEmitter.event().name("change").data(change));
                    quiet = 0;
                } else if (++quiet >= 2L * HEARTBEAT_SECONDS) {
                    emitter.send(SseEmitter.event().comment("alive"));
                    quiet = 0;
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException readerWent) {
            LOG.debug("A listener to changes went away", readerWent);
            end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end();
        }
    }
}
