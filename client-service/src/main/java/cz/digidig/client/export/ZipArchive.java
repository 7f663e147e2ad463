package cz.digidig.client.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Each message as it came, in a file of its own, in folders; its time is that of the file, its flags are in the comment. */
final class ZipArchive implements Archive {
    private static final int LONGEST_NAME = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ZipOutputStream file;
    private final Map<String, String> directories = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private boolean within;

    ZipArchive(OutputStream file) {
        this.file = new ZipOutputStream(file, UTF_8);
    }

    @Override
    public void add(Kept message, InputStream octets) throws IOException {
        String directory = directories.computeIfAbsent(message.folder(), this::directory);
        ZipEntry entry = new ZipEntry(directory + "/" + TIME.format(message.received()) + "-" + message.uid() + ".eml");
        entry.setLastModifiedTime(FileTime.from(message.received()));
        entry.setComment(EntryNote.of(message).text());
        begin(entry);
        octets.transferTo(file);
        end();
    }

    private void begin(ZipEntry entry) throws IOException {
        file.putNextEntry(entry);
        within = true;
    }

    private void end() throws IOException {
        file.closeEntry();
        within = false;
    }

    /** Folders whose names differ only in what systems can't write, or in case, don't meet. */
    private String directory(String folder) {
        String wanted = Arrays.stream(folder.split("/", -1))
                .map(level -> clean(level, "folder"))
                .collect(Collectors.joining("/"));
        String free = wanted;
        for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = wanted + " (" + i + ")";
        }
        return free;
    }

    /** A name for a file or a folder: no path, no characters that a system could stumble over. */
    static String clean(String name, String otherwise) {
        String bare = name.replaceAll("[\\p{Cntrl}\\\\/:*?\"<>|\\s]+", " ").replaceFirst("^[. ]+", "");
        return bare.substring(0, Math.min(LONGEST_NAME, bare.length()))
                .replaceFirst("[. ]+$", "")
                .transform(left -> left.isEmpty() ? otherwise : left);
    }

    @Override
    public void incomplete(String why) throws IOException {
        if (within) {
            end();
        }
        begin(new ZipEntry("INCOMPLETE.txt"));
        file.write((why + "\n").getBytes(UTF_8));
        end();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
