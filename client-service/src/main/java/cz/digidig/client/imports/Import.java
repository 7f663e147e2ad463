package cz.digidig.client.imports;

import cz.digidig.client.backend.Storage;
import cz.digidig.client.imports.Progress.Refusal;
import cz.digidig.client.imports.Progress.State;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.AppendResult;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.client.ServiceUnavailable;
import cz.digidig.common.mailbox.MessageFlag;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One import, on a thread of its own. Others ask it how far it is, give it newer tokens, and cancel it. */
final class Import {
    private static final Logger LOG = LoggerFactory.getLogger(Import.class);
    private static final String INBOX = "INBOX";
    /** Folders whose contents are remembered at a time. */
    private static final int MOST_REMEMBERED = 8;

    private static final int SAVED_EVERY = 1000;
    private static final int MOST_ATTEMPTS = 6;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_SIGNED_OUT = Duration.ofHours(12);
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Plan plan;
    private final Storage storage;
    private final ImportProperties limits;
    private final Clock clock;
    private final Consumer<Progress> record;

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Semaphore renewed = new Semaphore(0);
    private volatile boolean stopping;
    private volatile String token;
    private volatile State state = State.WAITING;
    private volatile String why = "";
    private volatile String folder = "";
    private volatile long total;
    private final AtomicLong imported = new AtomicLong();
    private final AtomicLong present = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile List<Refusal> refusals = List.of();

    private final Map<String, String> mailboxes = new HashMap<>();
    private final Map<String, Present> remembered = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * An import that is to be run.
     *
     * @param record keeps how far it is
     */
    Import(Plan plan, String token, Storage storage, ImportProperties limits, Clock clock, Consumer<Progress> record) {
        this.plan = plan;
        this.token = token;
        this.storage = storage;
        this.limits = limits;
        this.clock = clock;
        this.record = record;
    }

    /** Ends it with one of these. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final State state;
        private final String why;

        Ended(State state, String why) {
            super(why, null, false, false);
            this.state = state;
            this.why = why;
        }
    }

    Progress progress() {
        State now = state;
        return new Progress(
                now,
                plan.name(),
                total,
                imported.get(),
                present.get(),
                refused.get(),
                refusals,
                folder,
                why,
                now.active() ? null : clock.instant());
    }

    /** The token that was given last. */
    String token() {
        return token;
    }

    /** The person is here, with a token that is valid now. */
    void renew(String fresh) {
        token = fresh;
        renewed.release();
    }

    void cancel() {
        cancelled.countDown();
    }

    /** The service stops. */
    void breakOff() {
        stopping = true;
        cancelled.countDown();
    }

    private boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    private State cancelled() {
        return stopping ? State.BROKEN_OFF : State.CANCELLED;
    }

    private void go(State next) {
        state = next;
        record.accept(progress());
    }

    /** Waits for its turn, and does it. */
    void run(Semaphore turns) {
        go(State.WAITING);
        try {
            while (!turns.tryAcquire(1, TimeUnit.SECONDS)) {
                if (isCancelled()) {
                    go(cancelled());
                    return;
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            go(State.BROKEN_OFF);
            return;
        }
        try {
            take();
            go(isCancelled() ? cancelled() : State.DONE);
        } catch (Ended ended) {
            why = ended.why;
            go(ended.state == State.CANCELLED ? cancelled() : ended.state);
        } catch (Unreadable unreadable) {
            why = unreadable.why().key();
            go(State.FAILED);
        } catch (IOException | RuntimeException failed) {
            LOG.warn("an import failed", failed);
            why = "import.failed";
            go(State.FAILED);
        } finally {
            turns.release();
        }
    }

    private void take() throws IOException {
        go(State.COUNTING);
        long count = 0;
        for (Source source : plan.sources()) {
            count += source.count(_ -> !isCancelled());
        }
        if (count > limits.messages()) {
            throw new Ended(State.FAILED, "import.problem.many");
        }
        total = count;
        go(State.RUNNING);
        for (Source source : plan.sources()) {
            if (!source.each(this::take)) {
                return;
            }
        }
    }

    private boolean take(Found message) throws IOException {
        if (isCancelled()) {
            return false;
        }
        Measure measure = new Measure(limits.message().toBytes());
        try {
            message.octets().writeTo(measure);
            put(message, measure, new MessageHead(measure.beginning()));
        } catch (Measure.TooLarge large) {
            refuse(message, new MessageHead(measure.beginning()), "import.refused.large", "");
        } catch (Unreadable whole) {
            throw whole;
        } catch (IOException unreadable) {
            LOG.debug("a message can't be read", unreadable);
            refuse(message, new MessageHead(""), "import.refused.unreadable", "");
        }
        if ((imported.get() + present.get() + refused.get()) % SAVED_EVERY == 0) {
            record.accept(progress());
        }
        return !isCancelled();
    }

    private void put(Found message, Measure measure, MessageHead head) {
        if (!head.isMessage()) {
            refuse(message, head, "import.refused.no-message", "");
            return;
        }
        String digest = measure.digest();
        Instant received = message.received() == null ? head.written().orElse(null) : message.received();
        for (int attempt = 1; ; attempt++) {
            try {
                Present there = there(message);
                if (there.has(measure.size(), digest)) {
                    present.incrementAndGet();
                    return;
                }
                AppendResult stored = storage.append(
                        there.mailbox(), message.octets()::writeTo, measure.size(), flags(message), possible(received));
                there.added(stored.id(), measure.size(), digest);
                imported.incrementAndGet();
                return;
            } catch (ServiceProblem problem) {
                if (problem.code() == ErrorCode.UNAUTHENTICATED) {
                    awaitSignIn();
                } else if (problem.code() == ErrorCode.OVER_QUOTA) {
                    throw new Ended(State.FAILED, "import.failed.quota");
                } else if (problem.code() == ErrorCode.TOO_MANY_ATTEMPTS || problem.status() >= 500) {
                    pause(attempt);
                } else {
                    refuse(message, head, "import.refused.storage", String.valueOf(problem.getMessage()));
                    return;
                }
            } catch (ServiceUnavailable | ProblemException away) {
                LOG.debug("storage is tried again", away);
                pause(attempt);
            }
            // An answer may have been lost, or a folder have gone: what is there is looked at anew.
            mailboxes.clear();
            remembered.clear();
        }
    }

    private void pause(int attempt) {
        if (attempt >= MOST_ATTEMPTS) {
            throw new Ended(State.FAILED, "import.failed.storage");
        }
        try {
            if (cancelled.await(FIRST_WAIT.multipliedBy(1L << (attempt - 1)).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Ended(State.CANCELLED, "");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Ended(State.BROKEN_OFF, "");
        }
    }

    private void awaitSignIn() {
        renewed.drainPermits();
        go(State.SIGNED_OUT);
        try {
            Instant end = clock.instant().plus(LONGEST_SIGNED_OUT);
            while (!renewed.tryAcquire(1, TimeUnit.SECONDS)) {
                if (isCancelled() || clock.instant().isAfter(end)) {
                    throw new Ended(State.CANCELLED, "");
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Ended(State.BROKEN_OFF, "");
        }
        go(State.RUNNING);
    }

    private Present there(Found message) {
        String mailbox = plan.target();
        if (mailbox.isEmpty()) {
            folder = message.folder().isEmpty() ? INBOX : message.folder();
            mailbox = mailbox(folder);
        }
        Present known = remembered.get(mailbox);
        if (known == null) {
            if (remembered.size() >= MOST_REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
            known = new Present(storage, mailbox);
            remembered.put(mailbox, known);
        }
        return known;
    }

    private String mailbox(String path) {
        if (mailboxes.isEmpty()) {
            for (MailboxSummary one : storage.mailboxes()) {
                mailboxes.put(one.path(), one.id());
            }
        }
        String name = path.toUpperCase(Locale.ROOT).equals(INBOX) ? INBOX : path;
        String known = mailboxes.get(name);
        if (known == null) {
            known = storage.create(name).id();
            mailboxes.put(name, known);
        }
        return known;
    }

    private List<String> flags(Found message) {
        Found.State said = message.state();
        List<String> flags = new ArrayList<>();
        if (said == null) {
            if (plan.read()) {
                flags.add(MessageFlag.SEEN.imapName());
            }
        } else {
            said.flags().forEach(flag -> flags.add(flag.imapName()));
            flags.addAll(said.keywords());
        }
        return flags;
    }

    /** The times that storage takes. */
    private static @Nullable Instant possible(@Nullable Instant received) {
        return received == null || received.isBefore(Instant.EPOCH) || received.isAfter(LATEST) ? null : received;
    }

    private void refuse(Found message, MessageHead head, String key, String detail) {
        refused.incrementAndGet();
        if (refusals.size() < Progress.MOST_REFUSALS) {
            List<Refusal> more = new ArrayList<>(refusals);
            more.add(new Refusal(head.subject().orElse(message.name()), key, detail));
            refusals = List.copyOf(more);
        }
    }
}
