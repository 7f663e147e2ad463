package cz.digidig.smtp.spool;

import cz.digidig.smtp.spool.QueuedMessage.Destination;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileStore;
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
    private static final long BETWEEN_DISK_LOOKS = 1_000_000_000L;

    private final SpoolSettings settings;
    private final Clock clock;
    private final Journal journal;
    private final SegmentCleaner cleaner;
    private final FileStore disk;
    private final ConcurrentSkipListMap<QueueId, QueuedMessage> messages;
    private final AtomicLong budget;
    private final AtomicLong outbound = new AtomicLong();
    private final AtomicLong lastId;
    private final LongAdder forces = new LongAdder();
    private final LongAdder forcedRecords = new LongAdder();
    private final LongAdder forcedNanos = new LongAdder();
    /** Held while a message's state changes and the record of it is handed to the journal, so that both have one order. */
    private final ReentrantLock order = new ReentrantLock();

    private volatile Consumer<QueuedMessage> onAccepted = _ -> {};
    private volatile long freeSpace;
    private volatile long lookedAt;

    private Spool(SpoolSettings settings, Clock clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.budget = new AtomicLong(settings.memory());
        Files.createDirectories(settings.folder());
        this.disk = Files.getFileStore(settings.folder());
        Recovery recovery = Recovery.scan(settings.folder());
        this.messages = recovery.messages();
        this.lastId = new AtomicLong(recovery.lastId());
        this.outbound.set(
                messages.values().stream().mapToLong(QueuedMessage::outbound).sum());
        this.cleaner = new SegmentCleaner(this, settings, recovery.segments());
        this.journal = new Journal(settings, recovery.nextSegment(), cleaner::sealed, (records, nanos) -> {
            forces.increment();
            forcedNanos.add(nanos);
            forcedRecords.add(records);
        });
        this.lookedAt = System.nanoTime() - 2 * BETWEEN_DISK_LOOKS;
        this.cleaner.start();
        LOG.atInfo()
                .addKeyValue("messages", messages.size())
                .addKeyValue("damagedOctets", recovery.damagedOctets())
                .log("spool opened with {} messages", messages.size());
    }

    /** Opens the spool: reads what an earlier run left, whether it ended in order or not. */
    public static Spool open(SpoolSettings settings, Clock clock) throws IOException {
        return new Spool(settings, clock);
    }

    /** Who is told of each accepted message, on the thread that accepted it. */
    public void onAccepted(Consumer<QueuedMessage> listener) {
        onAccepted = listener;
    }

    /** Whether a message of a size has room, with the free-space floor kept. */
    public boolean hasRoomFor(long octets) {
        long now = System.nanoTime();
        if (now - lookedAt > BETWEEN_DISK_LOOKS) {
            try {
                freeSpace = disk.getUsableSpace();
            } catch (IOException failed) {
                LOG.atWarn().setCause(failed).log("the free space of the spool's disk is unknown");
                freeSpace = 0;
            }
            lookedAt = now;
        }
        return freeSpace - octets >= settings.freeSpace();
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
     * @throws SpoolUnavailable nothing was accepted: the disk is full, or failed
     */
    public QueuedMessage accept(QueueId id, Envelope envelope, MessageBuffer buffer) throws IOException {
        if (!hasRoomFor(buffer.length())) {
            buffer.close();
            throw new SpoolUnavailable("less free space than the floor");
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
                    Collections.nCopies(targets, TargetState.FRESH),
                    buffer.inFile() ? -1 : 0);
            int inline = buffer.inFile() ? 0 : (int) buffer.length();
            Journal.Append append = new Journal.Append(RecordFormat.message(message, buffer.heap(), inline), true);
            journal.submit(append);
            QueuedMessage queued = new QueuedMessage(id, envelope, buffer.length(), buffer.checksum(), append.await());
            messages.put(id, queued);
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
     */
    public void record(QueuedMessage message, Map<Integer, TargetState> changes) {
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
            change(message, effective);
        } finally {
            order.unlock();
        }
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
            change(message, changes);
            return changes.size();
        } finally {
            order.unlock();
        }
    }

    /** Under the lock. */
    private void change(QueuedMessage message, Map<Integer, TargetState> changes) {
        if (message.finished() || changes.isEmpty()) {
            return;
        }
        long outboundBefore = message.outbound();
        List<RecordFormat.Change> records = new ArrayList<>();
        changes.forEach((index, state) -> {
            message.state(index, state);
            records.add(new RecordFormat.Change(index, state));
        });
        outbound.addAndGet(message.outbound() - outboundBefore);
        if (message.open().isEmpty()) {
            journal.submit(new Journal.Append(RecordFormat.done(message.id()), false));
            finish(message);
        } else {
            journal.submit(new Journal.Append(RecordFormat.states(message.id(), records), false));
        }
    }

    private void finish(QueuedMessage message) {
        message.finish();
        messages.remove(message.id());
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
        return message.inFile() ? largeContent(message) : new ByteArrayInputStream(inlineContent(message));
    }

    /** A file's last octets are the message; before them is what was left of the room for a head. */
    private InputStream largeContent(QueuedMessage message) throws IOException {
        Path file = largeFile(message.id());
        InputStream content = Files.newInputStream(file);
        try {
            content.skipNBytes(Files.size(file) - message.octets());
            return content;
        } catch (IOException failed) {
            content.close();
            throw failed;
        }
    }

    /** The octets of a message that is not in a file of its own. */
    byte[] inlineContent(QueuedMessage message) throws IOException {
        while (true) {
            QueuedMessage.Location location = message.location();
            try {
                return location.segment().read(location.offset(), (int) message.octets());
            } catch (ClosedChannelException closed) {
                if (message.location().equals(location)) {
                    throw closed;
                }
                // The cleaner has moved it to a newer segment meanwhile.
            }
        }
    }

    /**
     * Writes messages' records again at the journal's head, so that the segment that holds them now can go.
     *
     * @throws IOException they can't be read or written; those stay where they are
     */
    void rewrite(List<QueuedMessage> batch) throws IOException {
        Map<QueuedMessage, Journal.Append> moving = new HashMap<>();
        for (QueuedMessage message : batch) {
            byte[] content = message.inFile() ? new byte[0] : inlineContent(message);
            order.lock();
            try {
                if (!message.finished()) {
                    Journal.Append append = new Journal.Append(encode(message, content), true);
                    journal.submit(append);
                    moving.put(message, append);
                }
            } finally {
                order.unlock();
            }
        }
        for (Map.Entry<QueuedMessage, Journal.Append> entry : moving.entrySet()) {
            moved(entry.getKey(), entry.getValue().await());
        }
    }

    private static RecordFormat.Encoded encode(QueuedMessage message, byte[] content) {
        List<TargetState> states = message.destinations().stream()
                .map(destination -> message.state(destination.index()))
                .toList();
        RecordFormat.Message record = new RecordFormat.Message(
                message.id(),
                message.envelope(),
                message.octets(),
                message.checksum(),
                states,
                message.inFile() ? -1 : 0);
        return RecordFormat.message(record, content, content.length);
    }

    private void moved(QueuedMessage message, QueuedMessage.Location to) {
        order.lock();
        try {
            QueuedMessage.Location from = message.location();
            if (message.finished()) {
                to.segment().removeLive(to.recordLength());
            } else {
                message.location(to);
                from.segment().removeLive(from.recordLength());
            }
        } finally {
            order.unlock();
        }
    }

    private Path largeFile(QueueId id) {
        return Recovery.largeFile(settings.folder(), id);
    }

    /** Everything that waits, oldest first; a live view. */
    public Collection<QueuedMessage> messages() {
        return Collections.unmodifiableCollection(messages.values());
    }

    /** What waits and was accepted after another, oldest first; a live view. */
    public Collection<QueuedMessage> messagesAfter(QueueId id) {
        return Collections.unmodifiableCollection(messages.tailMap(id, false).values());
    }

    /** The message by an id, as long as it waits. */
    public Optional<QueuedMessage> message(QueueId id) {
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
                hasRoomFor(0));
    }

    /** Octets on disk in the journal, for tests of the cleaner. */
    long journalOctets() {
        return cleaner.octets();
    }

    @Override
    public void close() {
        cleaner.stop();
        journal.close();
        cleaner.closeAll();
    }
}
