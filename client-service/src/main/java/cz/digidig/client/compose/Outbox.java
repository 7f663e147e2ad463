package cz.digidig.client.compose;

import cz.digidig.client.backend.PersonalToken;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.backend.Submission;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.FlagChange.Mode;
import cz.digidig.common.client.ServiceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Messages that were sent and can still be called back. Until smtp has one it stays a draft, so nothing is lost here:
 * what could not be sent, or was waiting when the service was killed, is still in Drafts. A service that stops sends
 * what waits.
 */
@Component
class Outbox implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int MOST_FAILURES = 1000;

    private final Drafts drafts;
    private final Storage storage;
    private final Submission submission;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, List<Failure>> failures = new ConcurrentHashMap<>();
    private volatile boolean running;

    Outbox(Drafts drafts, Storage storage, Submission submission) {
        this.drafts = drafts;
        this.storage = storage;
        this.submission = submission;
    }

    private enum State {
        HELD,
        CALLED_BACK,
        SENDING
    }

    private record Waiting(AtomicReference<State> state, CountDownLatch now, Thread thread) {}

    /**
     * A message that could not be sent.
     *
     * @param draft its copy in Drafts
     * @param why in the words of who refused
     */
    record Failure(String draft, String subject, String why) {}

    /** Sends it when the time is over, unless it is called back. */
    void hold(String account, Draft draft, String token, Duration time) {
        AtomicReference<State> state = new AtomicReference<>(State.HELD);
        CountDownLatch now = new CountDownLatch(running ? 1 : 0);
        Thread thread = Thread.ofVirtual().name("outbox").unstarted(() -> {
            try {
                boolean early = now.await(time.toMillis(), TimeUnit.MILLISECONDS);
                LOG.debug("held {}", early ? "until the service stops" : "for its time");
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            try {
                if (state.compareAndSet(State.HELD, State.SENDING)) {
                    PersonalToken.with(token, () -> send(draft));
                }
            } catch (ServiceFailure | ProblemException failed) {
                failed(account, draft, failed);
            } finally {
                waiting.remove(key(account, draft.id()));
            }
        });
        waiting.put(key(account, draft.id()), new Waiting(state, now, thread));
        thread.start();
    }

    private static String key(String account, String draft) {
        return account + "/" + draft;
    }

    /** Whether it was still here: it stays a draft. */
    boolean callBack(String account, String draft) {
        Waiting one = waiting.get(key(account, draft));
        return one != null && one.state().compareAndSet(State.HELD, State.CALLED_BACK);
    }

    /**
     * Sends a draft and takes it away.
     *
     * @throws ServiceFailure it was refused, or a service does not answer; it is still a draft
     */
    Submission.Submitted send(Draft draft) {
        return taken(draft, submission.send(drafts.toSend(draft.id()), draft.messageId()));
    }

    /**
     * Hands a draft to smtp, which keeps it until its time, and takes it away.
     *
     * @throws ServiceFailure it was refused, or a service does not answer; it is still a draft
     */
    Submission.Submitted schedule(Draft draft, Instant at) {
        // Called back and sent once more at another time, it is another request.
        String key = draft.messageId() + "/" + at.getEpochSecond();
        return taken(draft, submission.send(drafts.toSend(draft.id(), at), key, at));
    }

    private Submission.Submitted taken(Draft draft, Submission.Submitted submitted) {
        try {
            drafts.remove(draft.id());
            answered(draft.answers());
        } catch (ServiceFailure left) {
            LOG.warn("a message was sent, its draft could not be taken away: {}", left.getMessage());
        }
        return submitted;
    }

    private void answered(String answers) {
        String[] pieces = answers.split("/", 3);
        if (pieces.length == 3
                && pieces[1].matches("\\d{1,10}(,\\d{1,10}){0,300}")
                && pieces[2].matches("\\\\Answered|\\$Forwarded")) {
            storage.flag(pieces[0], pieces[1], Mode.ADD, pieces[2]);
        }
    }

    private void failed(String account, Draft draft, RuntimeException failed) {
        LOG.warn("a message could not be sent: {}", failed.getMessage());
        if (failures.size() < MOST_FAILURES) {
            Failure failure = new Failure(draft.id(), draft.subject(), String.valueOf(failed.getMessage()));
            failures.merge(account, List.of(failure), (before, one) -> Stream.concat(before.stream(), one.stream())
                    .toList());
        }
    }

    /** What could not be sent since this was last asked. */
    List<Failure> failures(String account) {
        List<Failure> found = failures.remove(account);
        return found == null ? List.of() : found;
    }

    @Override
    public void start() {
        running = true;
    }

    /** While the other services are still to be reached. */
    @Override
    public void stop() {
        running = false;
        List<Waiting> all = List.copyOf(waiting.values());
        all.forEach(one -> one.now().countDown());
        for (Waiting one : all) {
            try {
                one.thread().join(Duration.ofSeconds(8));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
