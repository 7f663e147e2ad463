package cz.digidig.smtp.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One file of the journal: its salt (16 random octets), then records. The writer appends, anyone reads, the cleaner
 * deletes.
 */
final class Segment {
    /** Where the first record begins. */
    static final int SALT = 16;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SUFFIX = ".journal";

    private final long number;
    private final Path file;
    private final FileChannel channel;
    private final byte[] salt;
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicLong liveOctets = new AtomicLong();
    private volatile long length;
    private volatile boolean sealed;

    private Segment(long number, Path file, FileChannel channel, byte[] salt, long length, boolean sealed) {
        this.number = number;
        this.file = file;
        this.channel = channel;
        this.salt = salt;
        this.length = length;
        this.sealed = sealed;
    }

    static Segment create(Path folder, long number) throws IOException {
        Path file = folder.resolve(String.format(Locale.ROOT, "%012d", number) + SUFFIX);
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        try {
            channel.write(ByteBuffer.wrap(salt), 0);
            channel.force(true);
            force(folder);
        } catch (IOException failed) {
            channel.close();
            Files.deleteIfExists(file);
            throw failed;
        }
        return new Segment(number, file, channel, salt, SALT, false);
    }

    /** One that was there before this run: nothing is appended to it. */
    static Segment existing(Path file) throws IOException {
        String name = file.getFileName().toString();
        long number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        ByteBuffer salt = ByteBuffer.allocate(SALT);
        channel.read(salt, 0);
        return new Segment(number, file, channel, salt.array(), channel.size(), true);
    }

    static boolean isSegment(Path file) {
        return file.getFileName().toString().matches("\\d{12,18}\\" + SUFFIX);
    }

    /** Forces a folder's entries to disk: files made, renamed or deleted in it. */
    static void force(Path folder) throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    long number() {
        return number;
    }

    byte[] salt() {
        return salt;
    }

    long length() {
        return length;
    }

    boolean sealed() {
        return sealed;
    }

    void seal() {
        sealed = true;
    }

    /** Appends; only the writer. */
    void append(ByteBuffer octets, long position) throws IOException {
        long at = position;
        while (octets.hasRemaining()) {
            at += channel.write(octets, at);
        }
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** Makes what was appended part of the segment. */
    void grownTo(long end) {
        length = end;
    }

    /** Takes back what was appended but failed to be forced, as far as that is possible. */
    void retreat() throws IOException {
        channel.truncate(length);
        channel.force(true);
    }

    ByteBuffer map() throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
    }

    byte[] read(long position, int count) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(count);
        while (octets.hasRemaining()) {
            if (channel.read(octets, position + octets.position()) < 0) {
                throw new IOException("segment " + number + " ends before " + (position + count));
            }
        }
        return octets.array();
    }

    void addLive(long octets) {
        live.incrementAndGet();
        liveOctets.addAndGet(octets);
    }

    void removeLive(long octets) {
        live.decrementAndGet();
        liveOctets.addAndGet(-octets);
    }

    int live() {
        return live.get();
    }

    long liveOctets() {
        return liveOctets.get();
    }

    void close() throws IOException {
        channel.close();
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
