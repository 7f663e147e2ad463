package cz.digidig.client.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import cz.digidig.client.export.EntryNote;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Messages and mboxes in folders. Whatever else is in it, other zips too, is passed over.
 *
 * @param most octets that it may unpack to
 */
record ZipOfMail(Path file, long most) implements Source {
    /** A zip's list of entries is held in memory: this is one of some 200,000 messages. */
    private static final int LARGEST_DIRECTORY = 32 << 20;

    private static final int END = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final byte[] END_MARK = {'P', 'K', 5, 6};
    private static final byte[] LARGE_END_MARK = {'P', 'K', 6, 6};
    private static final byte[] FROM = "From ".getBytes(US_ASCII);
    /** Text shrinks to a hundredth at best, but for files that are small anyway. */
    private static final long MOST_RATIO = 200;

    private static final long RATIO_FROM = 10 << 20;
    private static final int MOST_LEVELS = 20;
    private static final int LONGEST_LEVEL = 200;

    @Override
    public boolean each(Found.Taker taker) throws IOException {
        checkDirectory();
        try (ZipFile zip = open()) {
            Budget budget = new Budget(most);
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                if (!entry(zip, entries.nextElement(), budget, taker)) {
                    return false;
                }
            }
            return true;
        } catch (ZipException broken) {
            throw new Unreadable(Unreadable.Why.ZIP);
        }
    }

    /** Old programs wrote names in whatever their system used. */
    private ZipFile open() throws IOException {
        try {
            return new ZipFile(file.toFile(), UTF_8);
        } catch (ZipException perhapsItsNames) {
            return new ZipFile(file.toFile(), ISO_8859_1);
        }
    }

    private boolean entry(ZipFile zip, ZipEntry entry, Budget budget, Found.Taker taker) throws IOException {
        String[] path = entry.getName().replace('\\', '/').split("/", -1);
        String name = path[path.length - 1];
        String lower = name.toLowerCase(Locale.ROOT);
        if (entry.isDirectory() || name.isEmpty() || name.startsWith("._") || path[0].equals("__MACOSX")) {
            return true;
        }
        EmlFile.Opener octets = () -> new Bounded(zip.getInputStream(entry), entry.getCompressedSize(), budget);
        if (lower.endsWith(".eml")) {
            return taker.take(message(entry, path, octets));
        }
        if (lower.endsWith(".mbox") || lower.endsWith(".mbx") || (!name.contains(".") && isMbox(octets))) {
            return mbox(path, octets, taker);
        }
        return true;
    }

    private static Found message(ZipEntry entry, String[] path, EmlFile.Opener octets) {
        String comment = entry.getComment();
        Optional<EntryNote> ours = comment == null ? Optional.empty() : EntryNote.read(comment);
        FileTime time = entry.getLastModifiedTime();
        return ours.map(note -> new Found(
                        note.folder(),
                        entry.getName(),
                        sink -> EmlFile.copy(octets, sink),
                        new Found.State(note.flags(), note.keywords()),
                        time == null ? null : time.toInstant()))
                .orElseGet(() -> new Found(
                        folder(Arrays.asList(path).subList(0, path.length - 1)),
                        entry.getName(),
                        sink -> EmlFile.octets(octets).writeTo(sink),
                        null,
                        null));
    }

    private static boolean isMbox(EmlFile.Opener octets) throws IOException {
        try (InputStream beginning = octets.open()) {
            return Arrays.equals(beginning.readNBytes(FROM.length), FROM);
        }
    }

    /** It is read here and there, so it is unpacked first. */
    private boolean mbox(String[] path, EmlFile.Opener octets, Found.Taker taker) throws IOException {
        Path unpacked = Files.createTempFile(file.getParent(), "mbox", "");
        try {
            try (InputStream all = octets.open()) {
                Files.copy(all, unpacked, StandardCopyOption.REPLACE_EXISTING);
            }
            return new MboxFile(unpacked, folder(Arrays.asList(path))).each(taker);
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }

    /**
     * The mailbox for a path in the file: without what programs add to names, and without characters that names of mailboxes
     * can't have.
     */
    static String folder(List<String> path) {
        List<String> levels = new ArrayList<>();
        for (String level : path) {
            String bare = level.replaceFirst("(?i)\\.(sbd|mbox|mbx)$", "")
                    .replaceAll("[\\p{Cntrl}*%\\u2028\\u2029]+", " ")
                    .strip();
            if (!bare.isEmpty() && !bare.equals(".") && !bare.equals("..")) {
                levels.add(bare.substring(0, Math.min(LONGEST_LEVEL, bare.length())));
            }
        }
        // Mail of macOS writes Folder.mbox/mbox.
        if (levels.size() > 1 && levels.getLast().equals("mbox")) {
            levels.removeLast();
        }
        return String.join("/", levels.subList(0, Math.min(MOST_LEVELS, levels.size())));
    }

    /** Java holds the list of entries whole, so how large it says it is comes first; of several ends the worst counts. */
    private void checkDirectory() throws IOException {
        try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(octets.length(), END + LONGEST_COMMENT);
            byte[] tail = new byte[length];
            octets.seek(octets.length() - length);
            octets.readFully(tail);
            ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            boolean found = false;
            for (int at = 0; at + END <= length; at++) {
                if (tail[at] == 'P' && Arrays.equals(tail, at, at + 4, END_MARK, 0, 4)) {
                    found = true;
                    check(Integer.toUnsignedLong(end.getInt(at + 12)), octets, octets.length() - length + at);
                }
            }
            if (!found) {
                throw new Unreadable(Unreadable.Why.ZIP);
            }
        }
    }

    private static void check(long size, RandomAccessFile octets, long end) throws IOException {
        byte[] locator = new byte[20];
        octets.seek(Math.max(0, end - locator.length));
        octets.readFully(locator);
        long large = ByteBuffer.wrap(locator).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
        long real = size;
        if (large >= 0 && large <= octets.length() - 56) {
            byte[] record = new byte[56];
            octets.seek(large);
            octets.readFully(record);
            if (Arrays.equals(record, 0, 4, LARGE_END_MARK, 0, 4)) {
                real = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
            }
        }
        if (real < 0 || real > LARGEST_DIRECTORY) {
            throw new Unreadable(Unreadable.Why.ZIP);
        }
    }

    /** What may still be unpacked. */
    private static final class Budget {
        private long left;

        Budget(long left) {
            this.left = left;
        }

        void spend(long octets) throws Unreadable {
            left -= octets;
            if (left < 0) {
                throw new Unreadable(Unreadable.Why.TOO_LARGE);
            }
        }
    }

    /** An entry's octets, as many as such an entry can have. */
    private static final class Bounded extends FilterInputStream {
        private final long most;
        private final Budget budget;
        private long read;

        Bounded(InputStream octets, long packed, Budget budget) {
            super(octets);
            this.most = Math.max(RATIO_FROM, MOST_RATIO * packed);
            this.budget = budget;
        }

        private void count(long octets) throws Unreadable {
            read += octets;
            budget.spend(octets);
            if (read > most) {
                throw new Unreadable(Unreadable.Why.TOO_LARGE);
            }
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int octets = super.read(into, from, length);
            count(Math.max(0, octets));
            return octets;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
