package cz.digidig.smtp.spool;

import cz.digidig.smtp.spool.QueuedMessage.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue of accepted messages, durable. See the package's invariants. */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final SpoolSettings settings;
    private final Clock clock;
    private final Journal journal;
    private final SegmentCleaner cleaner;
    private final RecordRewriter rewriter;
    private final FreeSpace disk;
    private final StoredOctets octets;
    private final Recovery recovery;
    private final CountDownLatch recovered = new CountDownLatch(1);
    private final AtomicBoolean reading = new AtomicBoolean();
    private final Thread reader;
    private final ConcurrentSkipListMap<QueueId, QueuedMessage> messages = new ConcurrentSkipListMap<>();
    private final AtomicLong budget;
    private final AtomicLong outbound = new AtomicLong();
    /** Octets of the heap that all that waits holds. */
    private final AtomicLong waiting = new AtomicLong();

    private final AtomicLong lastId;
    private final LongAdder forces = new LongAdder();
    private final LongAdder forcedRecords = new LongAdder();
    private final LongAdder forcedNanos = new LongAdder();
    /** Held while a message's state changes and the record of it is handed to the journal, so that both have one order. */
    private final ReentrantLock order = new ReentrantLock();

    /** Under that lock. */
    private final Shared<String> texts = new Shared<>(text -> text);

    private volatile Consumer<QueuedMessage> onAccepted = _ -> {};
    private volatile Consumer<QueuedMessage> onCancelled = _ -> {};
    /** What an earlier run left can't be read. */
    private volatile boolean unreadable;

    private Spool(SpoolSettings settings, Clock clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.budget = new AtomicLong(settings.memory());
        Files.createDirectories(settings.folder());
        this.disk = new FreeSpace(settings.folder());
        this.octets = new StoredOctets(settings.folder());
        this.recovery = Recovery.of(settings.folder());
        this.lastId = new AtomicLong(recovery.lastId());
        this.cleaner = new SegmentCleaner(this, settings, recovery.segments());
        this.journal = new Journal(settings, recovery.nextSegment(), cleaner::sealed, (records, nanos) -> {
            forces.increment();
            forcedNanos.add(nanos);
            forcedRecords.add(records);
        });
        this.rewriter = new RecordRewriter(journal, octets, order);
        this.reader = Thread.ofPlatform().name("spool-reader").daemon().unstarted(this::recover);
    }

    /**
     * Opens the spool. Messages are accepted at once. What an earlier run left, whether it ended in order or not, is read
     * when somebody first asks for what waits, who waits for that: a long queue doesn't slow the start down. Segments are
     * cleaned from then on.
     */
    public static Spool open(SpoolSettings settings, Clock clock) throws IOException {
        return new Spool(settings, clock);
    }

    private void recover() {
        boolean whole = false;
        try {
            if (recovery.read()) {
                take(recovery);
                whole = true;
            }
        } catch (IOException failed) {
            LOG.atError().setCause(failed).log("the spool can't be read; nothing is accepted");
        } finally {
            unreadable = !whole;
            recovered.countDown();
        }
    }

    /** Only what was read whole may be cleaned: of what was not, nobody knows what lives. */
    private void take(Recovery read) {
        messages.putAll(read.messages());
        outbound.addAndGet(read.messages().values().stream()
                .mapToLong(QueuedMessage::outbound)
                .sum());
        waiting.addAndGet(
                read.messages().values().stream().mapToLong(QueuedMessage::heap).sum());
        lastId.accumulateAndGet(read.lastId(), Math::max);
        cleaner.start();
        LOG.atInfo()
                .addKeyValue("messages", read.messages().size())
                .addKeyValue("damagedOctets", read.damagedOctets())
                .log("spool read: {} messages wait", read.messages().size());
    }

    private void awaitRecovery() {
        if (reading.compareAndSet(false, true)) {
            reader.start();
        }
        try {
            recovered.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the spool is still being read", stopping);
        }
    }

    /** Who is told of each accepted message, on the thread that accepted it. */
    public void onAccepted(Consumer<QueuedMessage> listener) {
        onAccepted = listener;
    }

    /** Who is told of each message that its sender called back, on the thread that did it. */
    public void onCancelled(Consumer<QueuedMessage> listener) {
        onCancelled = listener;
    }

    /**
     * Tells of each message that an earlier run left, once all are read, on a thread of its own. To be called once. Where
     * not all can be read, nothing is told: any message may have been delivered.
     */
    public void eachRecovered(Consumer<QueuedMessage> listener) {
        Thread.ofVirtual().name("spool-recovered").start(() -> {
            awaitRecovery();
            if (!unreadable) {
                recovery.messages().values().forEach(listener);
            }
            recovery.messages().clear();
        });
    }

    /** Whether a message of a size has room: on disk, with the free-space floor kept, and on the heap beside what waits. */
    public boolean hasRoomFor(long octets) {
        return waiting.get() < settings.waiting() && hasDiskFor(octets);
    }

    private boolean hasDiskFor(long octets) {
        return !unreadable && disk.octets() - octets >= settings.freeSpace();
    }

    /** A report of ours takes the place of a message that failed, however many wait. */
    private boolean hasRoomFor(Envelope envelope, long octets) {
        return envelope.submitter().equals(Envelope.OURSELVES) ? hasDiskFor(octets) : hasRoomFor(octets);
    }

    /** A name for a message that is about to be received. */
    public QueueId nextId() {
        return new QueueId(lastId.updateAndGet(last -> QueueId.next(last, clock.millis())));
    }

    /** A buffer for a message that is about to be received. */
    public MessageBuffer newBuffer(QueueId id) {
        return new MessageBuffer(largeFile(id), settings.inline(), budget);
    }

    /**
     * Takes a message over: when this returns, it survives a crash of the process and of the machine. The buffer is used
     * up either way.
     *
     * @throws SpoolUnavailable nothing was accepted: the disk is full, or failed, or too much waits
     */
    public QueuedMessage accept(QueueId id, Envelope envelope, MessageBuffer buffer) throws IOException {
        return accept(id, envelope, buffer, TargetState.FRESH);
    }

    /**
     * The same for a message that is not to be delivered at once.
     *
     * @param first the state of each destination
     */
    public QueuedMessage accept(QueueId id, Envelope envelope, MessageBuffer buffer, TargetState first)
            throws IOException {
        if (!hasRoomFor(envelope, buffer.length())) {
            buffer.close();
            throw new SpoolUnavailable("less free space than the floor, or too much waits");
        }
        try (buffer) {
            buffer.keep();
            int targets = envelope.recipients().stream()
                    .mapToInt(recipient -> recipient.targets().size())
                    .sum();
            RecordFormat.Message message = new RecordFormat.Message(
                    id,
                    envelope,
                    buffer.length(),
                    buffer.checksum(),
                    Collections.nCopies(targets, first),
                    List.of(),
                    buffer.inFile() ? -1 : 0);
            int inline = buffer.inFile() ? 0 : (int) buffer.length();
            Journal.Append append = new Journal.Append(RecordFormat.message(message, buffer.heap(), inline), true);
            journal.submit(append);
            QueuedMessage queued = new QueuedMessage(id, envelope, buffer.length(), buffer.checksum(), append.await());
            queued.destinations().forEach(destination -> queued.state(destination.index(), first));
            messages.put(id, queued);
            waiting.addAndGet(queued.heap());
            outbound.addAndGet(queued.outbound());
            onAccepted.accept(queued);
            return queued;
        } catch (IOException failed) {
            buffer.drop();
            throw failed;
        }
    }

    /**
     * Records how deliveries ended, or when they are to be tried again; the last outcome ends the message. What was held
     * meanwhile stays so unless it is over; what is over stays as it is.
     *
     * @param attempts what led to that; kept as long as the message waits
     */
    public void record(QueuedMessage message, Map<Integer, TargetState> changes, List<Attempt> attempts) {
        order.lock();
        try {
            Map<Integer, TargetState> effective = new HashMap<>();
            changes.forEach((index, state) -> {
                TargetState former = message.state(index);
                if (former.open()) {
                    boolean held = former.status() == TargetState.Status.HELD && state.pending();
                    effective.put(index, held ? state.as(TargetState.Status.HELD) : state);
                }
            });
            change(message, effective, attempts);
        } finally {
            order.unlock();
        }
    }

    /** The same, where no attempt led to that. */
    public void record(QueuedMessage message, Map<Integer, TargetState> changes) {
        record(message, changes, List.of());
    }

    /**
     * Carries out what an administrator wants of some destinations that are not over.
     *
     * @param wanted which
     * @param decision their next state; the same one: nothing happens
     * @return how many were changed
     */
    public int decide(QueuedMessage message, Predicate<Destination> wanted, UnaryOperator<TargetState> decision) {
        order.lock();
        try {
            Map<Integer, TargetState> changes = new HashMap<>();
            for (Destination destination : message.open()) {
                TargetState former = message.state(destination.index());
                TargetState next = wanted.test(destination) ? decision.apply(former) : former;
                if (!next.equals(former)) {
                    changes.put(destination.index(), next);
                }
            }
            change(message, changes, List.of());
            return changes.size();
        } finally {
            order.unlock();
        }
    }

    /** Ends a message that was to be sent later, as its sender wants: nobody gets it, and nobody is told. */
    public void cancel(QueuedMessage message) {
        decide(
                message,
                _ -> true,
                state -> new TargetState(TargetState.Status.FAILED, state.attempts(), 0, "cancelled by its sender"));
        onCancelled.accept(message);
    }

    /** Under the lock. */
    private void change(QueuedMessage message, Map<Integer, TargetState> changes, List<Attempt> attempts) {
        if (message.finished() || (changes.isEmpty() && attempts.isEmpty())) {
            return;
        }
        long outboundBefore = message.outbound();
        List<RecordFormat.Change> records = new ArrayList<>();
        changes.forEach((index, state) -> {
            message.state(index, state.brief(texts));
            records.add(new RecordFormat.Change(index, message.state(index)));
        });
        outbound.addAndGet(message.outbound() - outboundBefore);
        if (message.open().isEmpty()) {
            journal.submit(new Journal.Append(RecordFormat.done(message.id()), false));
            finish(message);
        } else {
            RecordFormat.Encoded states = RecordFormat.states(message.id(), records, attempts);
            journal.submit(
                    attempts.isEmpty()
                            ? new Journal.Append(states, false)
                            : new Journal.Append(states, false, message::tried));
        }
    }

    private void finish(QueuedMessage message) {
        message.finish();
        messages.remove(message.id());
        waiting.addAndGet(-message.heap());
        QueuedMessage.Location location = message.location();
        location.segment().removeLive(location.recordLength());
        if (message.inFile()) {
            try {
                Files.deleteIfExists(largeFile(message.id()));
            } catch (IOException failed) {
                LOG.atWarn().setCause(failed).log("a finished message's file can't be deleted; the next start will");
            }
        }
        cleaner.look();
    }

    /** The message's octets, trace header first. */
    public InputStream content(QueuedMessage message) throws IOException {
        return octets.of(message);
    }

    /** The last attempts for a message's destinations, oldest first. */
    public List<Attempt> attempts(QueuedMessage message) throws IOException {
        return octets.attempts(message);
    }

    /** See {@link RecordRewriter#rewrite}. */
    void rewrite(List<QueuedMessage> batch) throws IOException {
        rewriter.rewrite(batch);
    }

    private Path largeFile(QueueId id) {
        return Recovery.largeFile(settings.folder(), id);
    }

    /** Everything that waits, oldest first; a live view. */
    public Collection<QueuedMessage> messages() {
        awaitRecovery();
        return Collections.unmodifiableCollection(messages.values());
    }

    /** What waits and was accepted after another, oldest first; a live view. */
    public Collection<QueuedMessage> messagesAfter(QueueId id) {
        awaitRecovery();
        return Collections.unmodifiableCollection(messages.tailMap(id, false).values());
    }

    /** The message by an id, as long as it waits. */
    public Optional<QueuedMessage> message(QueueId id) {
        awaitRecovery();
        return Optional.ofNullable(messages.get(id));
    }

    /** Counts for health and metrics. */
    public SpoolStatus status() {
        Map.Entry<QueueId, QueuedMessage> oldest = messages.firstEntry();
        Instant since =
                oldest == null ? clock.instant() : oldest.getValue().envelope().received();
        return new SpoolStatus(
                messages.size(),
                outbound.get(),
                since,
                forces.sum(),
                forcedRecords.sum(),
                forcedNanos.sum(),
                hasRoomFor(0),
                recovered.getCount() > 0);
    }

    /** Octets on disk in the journal, for tests of the cleaner. */
    long journalOctets() {
        return cleaner.octets();
    }

    @Override
    public void close() {
        recovery.stop();
        try {
            reader.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        cleaner.stop();
        journal.close();
        cleaner.closeAll();
    }
}
