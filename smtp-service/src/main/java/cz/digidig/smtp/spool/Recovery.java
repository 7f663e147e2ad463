package cz.digidig.smtp.spool;

import cz.digidig.smtp.protocol.ReversePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what an earlier run left: every record of every segment in order. What is cut off or damaged is stepped over, up
 * to the next record that is whole; the torn end of the last segment was never acknowledged to anyone. What comes to be
 * while it reads is not looked at.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final String LARGE_SUFFIX = ".eml";
    /** How far ids may run ahead of the clock when very many are given at once. */
    private static final Duration AHEAD = Duration.ofSeconds(1);

    private final Path folder;
    private final SortedMap<QueueId, QueuedMessage> messages = new TreeMap<>();
    private final List<Segment> segments = new ArrayList<>();
    private final List<Path> largeFiles;
    private final Shared<String> texts = new Shared<>(text -> text);
    private final Shared<ReversePath> senders = new Shared<>(ReversePath::of);
    private long lastId;
    private long lastSegment;
    private long damagedOctets;
    private volatile boolean stopping;

    private Recovery(Path folder, List<Path> largeFiles) {
        this.folder = folder;
        this.largeFiles = largeFiles;
    }

    /** Looks what there is to read. */
    static Recovery of(Path folder) throws IOException {
        Files.createDirectories(largeFolder(folder));
        Segment.force(folder);
        try (Stream<Path> large = Files.list(largeFolder(folder));
                Stream<Path> all = Files.list(folder)) {
            Recovery recovery = new Recovery(folder, large.toList());
            for (Path file : all.filter(Segment::isSegment)
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList()) {
                recovery.add(Segment.existing(file), Files.getLastModifiedTime(file));
            }
            return recovery;
        }
    }

    /** No message in a segment has a later id than the time of its last write allows. */
    private void add(Segment segment, FileTime written) {
        segments.add(segment);
        lastSegment = Math.max(lastSegment, segment.number());
        lastId = Math.max(lastId, QueueId.next(0, written.toMillis() + AHEAD.toMillis()));
    }

    /** Reads it all; false: it was stopped before the end. */
    boolean read() throws IOException {
        for (Segment segment : segments) {
            if (stopping) {
                return false;
            }
            read(segment);
        }
        checkLargeFiles();
        return true;
    }

    void stop() {
        stopping = true;
    }

    static Path largeFile(Path folder, QueueId id) {
        return largeFolder(folder).resolve(id + LARGE_SUFFIX);
    }

    private static Path largeFolder(Path folder) {
        return folder.resolve("large");
    }

    /** What waits. */
    SortedMap<QueueId, QueuedMessage> messages() {
        return messages;
    }

    List<Segment> segments() {
        return segments;
    }

    /** An id that is no earlier than any that was given, before anything is read too. */
    long lastId() {
        return lastId;
    }

    long nextSegment() {
        return lastSegment + 1;
    }

    long damagedOctets() {
        return damagedOctets;
    }

    private void read(Segment segment) throws IOException {
        if (segment.length() <= Segment.SALT) {
            return;
        }
        ByteBuffer file = segment.map();
        int position = Segment.SALT;
        int damagedFrom = -1;
        while (position < file.limit()) {
            int length = RecordFormat.lengthAt(file, position, segment.salt());
            if (length < 0) {
                damagedFrom = damagedFrom < 0 ? position : damagedFrom;
                position++;
                continue;
            }
            if (damagedFrom >= 0) {
                reportDamage(segment, damagedFrom, position);
                damagedFrom = -1;
            }
            apply(segment, file, position, length);
            position += length;
        }
        if (damagedFrom >= 0) {
            reportDamage(segment, damagedFrom, position);
        }
    }

    private void reportDamage(Segment segment, int from, int to) {
        damagedOctets += to - from;
        LOG.warn("segment {} of the spool: octets {} to {} are cut off or damaged", segment.number(), from, to);
    }

    private void apply(Segment segment, ByteBuffer file, int position, int length) throws IOException {
        switch (RecordFormat.typeAt(file, position)) {
            case RecordFormat.MESSAGE, RecordFormat.MESSAGE_IN_FILE -> {
                RecordFormat.Message record = RecordFormat.readMessage(file, position);
                add(segment, record, position, length);
            }
            case RecordFormat.STATE, RecordFormat.ATTEMPTS -> {
                RecordFormat.States record = RecordFormat.readStates(file, position);
                QueuedMessage message = messages.get(record.id());
                if (message != null) {
                    record.changes()
                            .forEach(change ->
                                    message.state(change.index(), change.state().brief(texts)));
                    if (!record.attempts().isEmpty()) {
                        message.tried(new QueuedMessage.Location(segment, position, length, -1));
                    }
                }
            }
            case RecordFormat.DONE -> remove(messages.remove(RecordFormat.readDone(file, position)));
            default -> throw new IOException("segment " + segment.number() + " has a record of an unknown type");
        }
    }

    private void add(Segment segment, RecordFormat.Message record, int position, int length) {
        long content = record.contentAt() < 0 ? -1 : (long) position + RecordFormat.HEADER + record.contentAt();
        QueuedMessage message = new QueuedMessage(
                record.id(),
                brief(record.envelope()),
                record.octets(),
                record.checksum(),
                new QueuedMessage.Location(segment, position, length, content));
        for (int i = 0; i < record.states().size(); i++) {
            message.state(i, record.states().get(i).brief(texts));
        }
        segment.addLive(length);
        remove(messages.put(record.id(), message));
        lastId = Math.max(lastId, record.id().number());
    }

    /** The same, with one instance of what other messages have too. */
    private Envelope brief(Envelope read) {
        return new Envelope(
                read.received(),
                read.trace(),
                senders.of(read.from().toString()),
                texts.of(read.submitter()),
                read.smtpUtf8(),
                read.body(),
                read.ret(),
                texts.of(read.envelopeId()),
                read.recipients().stream().map(this::brief).toList(),
                read.junk());
    }

    private Recipient brief(Recipient read) {
        List<Target> targets = read.targets().stream()
                .map(target -> target instanceof Target.Remote(String address) && address.equals(read.address())
                        ? new Target.Remote(read.address())
                        : target)
                .toList();
        return new Recipient(read.address(), read.notifyOn(), texts.of(read.original()), targets);
    }

    private static void remove(@Nullable QueuedMessage message) {
        if (message != null) {
            message.location().segment().removeLive(message.location().recordLength());
        }
    }

    /** A message whose file is gone was finished; a file without a message was never accepted, or is finished. */
    private void checkLargeFiles() throws IOException {
        Set<Path> wanted = new HashSet<>();
        for (QueuedMessage message : List.copyOf(messages.values())) {
            if (message.inFile()) {
                Path file = largeFile(folder, message.id());
                if (Files.exists(file) && Files.size(file) >= message.octets()) {
                    wanted.add(file);
                } else {
                    LOG.info("message {} has no file any more: it was finished", message.id());
                    messages.remove(message.id());
                    remove(message);
                }
            }
        }
        for (Path file : largeFiles) {
            if (!wanted.contains(file)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
